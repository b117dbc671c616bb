package org.atelier.labeling.consolidation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gives each item the class that most workers chose.
 *
 * <p>Ties go to the lowest class index. The confidence is the share of the item's answers that
 * chose the label. A worker's accuracy is the share of answers equal to the label, over fair items
 * with at least two answers. Example: answers 2, 0, 2 give label 2 with confidence 0.67; answers 1,
 * 0 give label 0 with 0.50.
 */
public final class MajorityVote implements ConsolidationMethod {

  /** The one rule for ties where an item has one label, in words. */
  public static final String TIE_RULE =
      "A tie goes to the label that stands first in the label set.";

  /** What takes its place where an item may have several labels. */
  public static final String SEVERAL_RULE = "A label needs more than half of the answers.";

  @Override
  public String name() {
    return "majority";
  }

  @Override
  public Consolidation consolidate(AnswerSet answers, BitSet fairItems) {
    int[] labels = new int[answers.items()];
    double[] confidences = new double[answers.items()];
    int[] votes = new int[answers.classes()];
    for (int i = 0; i < answers.items(); i++) {
      labels[i] = winner(answers, i, votes);
      int count = answers.answersOf(i);
      double share = count == 0 ? 0 : (double) votes[labels[i]] / count;
      confidences[i] = Consolidation.confidence(share, count);
      for (int a = answers.start(i); a < answers.end(i); a++) {
        votes[answers.label(a)] = 0;
      }
    }
    return new Consolidation(labels, confidences, skills(answers, fairItems, labels));
  }

  private static int winner(AnswerSet answers, int item, int[] votes) {
    int best = Consolidation.NO_LABEL;
    for (int a = answers.start(item); a < answers.end(item); a++) {
      int label = answers.label(a);
      votes[label]++;
      if (best < 0 || votes[label] > votes[best]) {
        best = label;
      } else if (votes[label] == votes[best]) {
        best = Math.min(best, label);
      }
    }
    return best;
  }

  private static List<WorkerSkill> skills(AnswerSet answers, BitSet fair, int[] labels) {
    boolean all = fair == null || fair.isEmpty();
    int[] given = new int[answers.workers()];
    int[] judged = new int[answers.workers()];
    int[] right = new int[answers.workers()];
    for (int i = 0; i < answers.items(); i++) {
      boolean judge = answers.answersOf(i) > 1 && (all || fair.get(i));
      for (int a = answers.start(i); a < answers.end(i); a++) {
        given[answers.worker(a)]++;
        if (judge) {
          judged[answers.worker(a)]++;
          right[answers.worker(a)] += answers.label(a) == labels[i] ? 1 : 0;
        }
      }
    }
    List<WorkerSkill> skills = new ArrayList<>(answers.workers());
    for (int w = 0; w < answers.workers(); w++) {
      skills.add(WorkerSkill.of(given[w], judged[w], right[w]));
    }
    return skills;
  }
}
