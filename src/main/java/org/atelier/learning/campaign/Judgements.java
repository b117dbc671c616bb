package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.model.Scores;

/**
 * Pairs of how sure a model was and whether people agreed, from which the error curve is fitted.
 *
 * <p>Two sources: what recent models said about items before people were asked about them, and
 * held-out predictions on the random start. The first is free of the trap that items chosen for a
 * small margin are harder than others: given how sure the model was when it chose, its choice says
 * nothing more. Held-out predictions on chosen items would, so they are not used; those on the
 * random start do a little as soon as hard items have left the pool, so they count little then, but
 * they keep the curve steady where the machine is sure and hardly anybody was asked.
 *
 * <p>People are asked where the model is unsure, machine labels are wanted where it is sure; so the
 * pairs are weighted towards the certainties that are frequent among the open items. Source:
 * Shimodaira (2000), "Improving predictive inference under covariate shift by weighting the
 * log-likelihood function", DOI 10.1016/S0378-3758(00)00115-4; the exponent {@value #TEMPER} is his
 * λ between no weighting and full weighting.
 */
final class Judgements {
  private static final int ROUNDS = 4;
  private static final double OLDER = 0.4;
  private static final double HELD_OUT = 0.5;
  private static final double HELD_OUT_LATER = 0.1;
  private static final double TEMPER = 0.5;
  private static final int BINS = 20;
  private static final double MOST = 20;

  private final double[] certainties;
  private final boolean[] wrong;
  private final double[] importance;
  private int count;

  private Judgements(int capacity) {
    certainties = new double[capacity];
    wrong = new boolean[capacity];
    importance = new double[capacity];
  }

  /** Predictions that are still young enough to learn from. */
  static List<CampaignState.Prediction> recent(CampaignState state, int round) {
    List<CampaignState.Prediction> recent = new ArrayList<>();
    for (CampaignState.Prediction prediction : state.predictions()) {
      if (round - prediction.round() <= ROUNDS) {
        recent.add(prediction);
      }
    }
    return recent;
  }

  /**
   * Fits the curve.
   *
   * @param open certainties of the items the curve is wanted for
   */
  static ErrorModel fit(CampaignState state, Evidence evidence, Scores scores, double[] open) {
    Judgements all = new Judgements(evidence.labels().size() + state.predictions().size());
    Map<Integer, int[]> said = new HashMap<>();
    evidence.labels().stream()
        .filter(Evidence.Labeled::isBlind)
        .forEach(label -> said.put(label.item(), label.classes()));
    for (CampaignState.Prediction prediction : state.predictions()) {
      int[] label = said.get(prediction.item());
      if (label != null) {
        int age = state.round() - prediction.round();
        boolean miss = !Arrays.equals(prediction.label(), label);
        all.add(prediction.certainty(), miss, Math.pow(OLDER, age));
      }
    }
    all.addRandomStart(evidence, scores, all.count == 0 ? HELD_OUT : HELD_OUT_LATER);
    double[] certainties = Arrays.copyOf(all.certainties, all.count);
    double[] importance = Arrays.copyOf(all.importance, all.count);
    return ErrorModel.fit(
        certainties, Arrays.copyOf(all.wrong, all.count), towards(open, certainties, importance));
  }

  private void addRandomStart(Evidence evidence, Scores scores, double weight) {
    for (int i = 0; i < evidence.labels().size(); i++) {
      Evidence.Labeled label = evidence.labels().get(i);
      if (label.reason() == TaskReason.RANDOM_START) {
        boolean miss = !Arrays.equals(scores.label(scores.heldOut(), i), label.classes());
        add(scores.certainty(scores.heldOut(), i), miss, weight);
      }
    }
  }

  private void add(double certainty, boolean miss, double weight) {
    certainties[count] = certainty;
    wrong[count] = miss;
    importance[count++] = weight;
  }

  /**
   * Weights by how much more frequent a certainty is among the open items than among the pairs,
   * scaled so that they sum to the number of equal pairs that would say as much (Kish's effective
   * sample size).
   *
   * @param open certainties of the open items, any order
   * @param weights first weights of the pairs, at least 0
   * @return weights of the pairs; the first ones when nothing is open
   */
  static double[] towards(double[] open, double[] certainties, double[] weights) {
    if (open.length == 0 || certainties.length == 0) {
      return weights;
    }
    double[] sorted = open.clone();
    Arrays.sort(sorted);
    double[] edges = new double[BINS - 1];
    Arrays.setAll(edges, b -> sorted[(int) ((b + 1L) * sorted.length / BINS)]);
    double[] mass = new double[BINS];
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      mass[bin(edges, certainties[i])] += weights[i];
      all += weights[i];
    }
    double[] moved = new double[weights.length];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      double ratio = all / (BINS * mass[bin(edges, certainties[i])]);
      moved[i] = weights[i] * Math.min(MOST, Math.pow(ratio, TEMPER));
      sum += moved[i];
      squares += moved[i] * moved[i];
    }
    for (int i = 0; i < moved.length; i++) {
      moved[i] *= sum / squares;
    }
    return moved;
  }

  private static int bin(double[] edges, double certainty) {
    int b = 0;
    while (b < edges.length && certainty > edges[b]) {
      b++;
    }
    return b;
  }
}
