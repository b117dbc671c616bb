package org.atelier.learning.campaign;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.model.Examples;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.Scores;

/**
 * One round's model: probabilities of all items, and what held-out predictions say about its
 * errors.
 *
 * @param fair positions of examples that were drawn at random from the whole pool
 */
record RoundScores(Examples examples, Scores scores, ErrorModel errorModel, int[] fair) {
  static RoundScores learn(
      CampaignSettings settings,
      Learner learner,
      CampaignState state,
      Evidence evidence,
      int[] open,
      long seed,
      Learner.Effort effort) {
    List<Evidence.Labeled> labels = evidence.labels();
    int[] items = new int[labels.size()];
    int[][] classes = new int[labels.size()][];
    for (int i = 0; i < items.length; i++) {
      items[i] = labels.get(i).item();
      classes[i] = labels.get(i).classes();
    }
    Examples examples = new Examples(items, classes, settings.classes(), settings.multiLabel());
    Scores scores = learner.learn(examples, seed, effort);
    int[] fair = new int[items.length];
    int fairCount = 0;
    for (int i = 0; i < items.length; i++) {
      if (labels.get(i).reason() == TaskReason.RANDOM_START) {
        fair[fairCount++] = i;
      }
    }
    double[] certainties = new double[open.length];
    Arrays.setAll(certainties, i -> scores.certainty(scores.pool(), open[i]));
    ErrorModel model = Judgements.fit(state, evidence, scores, certainties);
    return new RoundScores(examples, scores, model, Arrays.copyOf(fair, fairCount));
  }

  Candidates candidates(int[] open) {
    double[] errors = new double[open.length];
    for (int i = 0; i < open.length; i++) {
      errors[i] = errorModel.error(scores.certainty(scores.pool(), open[i]));
    }
    return Candidates.of(open, errors);
  }

  CampaignState.Prediction prediction(int round, int item) {
    return new CampaignState.Prediction(
        round,
        item,
        scores.label(scores.pool(), item),
        (float) scores.certainty(scores.pool(), item));
  }

  float[] probabilities(int[] items) {
    int k = scores.classes();
    float[] rows = new float[items.length * k];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(scores.pool(), items[i] * k, rows, i * k, k);
    }
    return rows;
  }

  /** Held-out accuracy on fair items; null when there are too few. */
  Double fairAccuracy() {
    if (fair.length < RoundReport.LEAST) {
      return null;
    }
    int right = 0;
    for (int i : fair) {
      right += Arrays.equals(scores.label(scores.heldOut(), i), examples.labels()[i]) ? 1 : 0;
    }
    return right / (double) fair.length;
  }

  static boolean enough(CampaignSettings settings, Evidence evidence) {
    Set<String> different = new HashSet<>();
    for (Evidence.Labeled label : evidence.labels()) {
      different.add(Arrays.toString(label.classes()));
    }
    return different.size() >= 2 && evidence.labels().size() >= minimum(settings);
  }

  /** Fewest labels a model is trained on: 5 per class, at least 20. */
  static int minimum(CampaignSettings settings) {
    return Math.max(20, 5 * settings.classes());
  }
}
