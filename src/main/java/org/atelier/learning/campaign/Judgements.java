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
 * <p>Two sources: held-out predictions on the random start, and what recent models said about items
 * before people were asked about them. Both are free of the trap that items chosen for a small
 * margin are harder than others: given how sure the model was when it chose, its choice says
 * nothing more. Held-out predictions on such chosen items would, so they are not used.
 */
final class Judgements {
  private static final int ROUNDS = 4;
  private static final double OLDER = 0.5;
  private static final double HELD_OUT = 0.5;

  /**
   * One member alone errs more than the ensemble, so its word counts little once there is better.
   */
  private static final double HELD_OUT_LATER = 0.1;

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

  static ErrorModel fit(CampaignState state, Evidence evidence, Scores scores) {
    Judgements all = new Judgements(evidence.labels().size() + state.predictions().size());
    double heldOut = state.predictions().isEmpty() ? HELD_OUT : HELD_OUT_LATER;
    Map<Integer, int[]> said = new HashMap<>();
    for (int i = 0; i < evidence.labels().size(); i++) {
      Evidence.Labeled label = evidence.labels().get(i);
      said.put(label.item(), label.classes());
      if (label.reason() == TaskReason.RANDOM_START) {
        boolean miss = !Arrays.equals(scores.label(scores.heldOut(), i), label.classes());
        all.add(scores.certainty(scores.heldOut(), i), miss, heldOut);
      }
    }
    for (CampaignState.Prediction prediction : state.predictions()) {
      int[] label = said.get(prediction.item());
      if (label != null) {
        int age = state.round() - prediction.round();
        boolean miss = !Arrays.equals(prediction.label(), label);
        all.add(prediction.certainty(), miss, Math.pow(OLDER, age));
      }
    }
    return ErrorModel.fit(
        Arrays.copyOf(all.certainties, all.count),
        Arrays.copyOf(all.wrong, all.count),
        Arrays.copyOf(all.importance, all.count));
  }

  private void add(double certainty, boolean miss, double weight) {
    certainties[count] = certainty;
    wrong[count] = miss;
    importance[count++] = weight;
  }
}
