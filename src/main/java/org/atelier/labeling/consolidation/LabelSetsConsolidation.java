package org.atelier.labeling.consolidation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** One run of {@link LabelSets#consolidate}: label after label, so that memory stays bounded. */
final class LabelSetsConsolidation {

  private static final int[] NONE = {};

  private final int items;
  private final int workers;
  private final int classes;
  private final int[] item;
  private final int[] worker;
  private final int[][] sets;

  LabelSetsConsolidation(
      int items, int workers, int classes, int[] item, int[] worker, int[][] sets) {
    this.items = items;
    this.workers = workers;
    this.classes = classes;
    this.item = item;
    this.worker = worker;
    this.sets = sets;
  }

  LabelSets run(ConsolidationMethod method, BitSet fairItems) {
    int[] counts = new int[items];
    for (int i : item) {
      counts[i]++;
    }
    int[][] chosen = new int[items][];
    int[][] named = new int[items][];
    double[][] confidences = new double[items][];
    double[] decisions = new double[items];
    Arrays.fill(chosen, NONE);
    Arrays.fill(named, NONE);
    Arrays.fill(confidences, new double[0]);
    Arrays.fill(decisions, Double.POSITIVE_INFINITY);
    int[] given = new int[workers];
    int[] judged = new int[workers];
    double[] right = new double[workers];
    int[] says = new int[item.length];
    for (int k = 0; k < classes; k++) {
      BitSet mentioned = says(k, says);
      if (mentioned.isEmpty()) {
        continue;
      }
      AnswerSet answers = AnswerSet.of(items, workers, 2, item, worker, says);
      Consolidation decision = method.consolidate(answers, fairItems);
      for (int i = mentioned.nextSetBit(0); i >= 0; i = mentioned.nextSetBit(i + 1)) {
        boolean yes = decision.labels()[i] == 1;
        double sure = decision.confidences()[i];
        named[i] = append(named[i], k);
        chosen[i] = yes ? append(chosen[i], k) : chosen[i];
        confidences[i] = append(confidences[i], yes || counts[i] < 2 ? sure : round(1 - sure));
        decisions[i] = Math.min(decisions[i], sure);
      }
      judge(decision, says, mentioned, counts, fairItems, judged, right);
    }
    settle(decisions, counts);
    for (int w : worker) {
      given[w]++;
    }
    List<WorkerSkill> skills = new ArrayList<>(workers);
    for (int w = 0; w < workers; w++) {
      skills.add(WorkerSkill.of(given[w], judged[w], right[w]));
    }
    return new LabelSets(chosen, named, confidences, decisions, skills);
  }

  /** Fills who said yes to class k, and returns the items where anybody did. */
  private BitSet says(int k, int[] says) {
    BitSet mentioned = new BitSet(items);
    for (int a = 0; a < item.length; a++) {
      says[a] = 0;
      for (int label : sets[a]) {
        says[a] |= label == k ? 1 : 0;
      }
      if (says[a] == 1) {
        mentioned.set(item[a]);
      }
    }
    return mentioned;
  }

  private void judge(
      Consolidation decision,
      int[] says,
      BitSet mentioned,
      int[] counts,
      BitSet fair,
      int[] judged,
      double[] right) {
    boolean all = fair == null || fair.isEmpty();
    for (int a = 0; a < item.length; a++) {
      int i = item[a];
      if (mentioned.get(i) && counts[i] > 1 && (all || fair.get(i))) {
        judged[worker[a]]++;
        right[worker[a]] += decision.labels()[i] == says[a] ? 1 : 0;
      }
    }
  }

  /** An item whose answers are all empty sets is agreed on; one without answers is not. */
  private static void settle(double[] decisions, int[] counts) {
    for (int i = 0; i < decisions.length; i++) {
      if (Double.isInfinite(decisions[i])) {
        decisions[i] = counts[i] > 1 ? 1 : 0;
      }
    }
  }

  private static double round(double value) {
    return Math.rint(value * 100) / 100;
  }

  private static int[] append(int[] values, int value) {
    int[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }

  private static double[] append(double[] values, double value) {
    double[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }
}
