package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.atelier.learning.model.Examples;
import org.atelier.learning.model.Scores;

/** Ranks human labels that the model contradicts out of sample. */
public final class SuspectedErrors {
  private SuspectedErrors() {}

  /**
   * Ranks by normalised margin: (p[given] − max p[other] + 1) / 2, between 0 and 1, lower is more
   * doubtful; for multi-label the least p[k] of a chosen or 1 − p[k] of an unchosen label.
   *
   * <p>Source: Kuan and Mueller (2022), "Model-agnostic label quality scoring to detect real-world
   * label errors", ICML DataPerf workshop; Northcutt, Jiang and Chuang (2021), "Confident
   * Learning", JAIR 70, DOI 10.1613/jair.1.12125: only labels whose score lies below {@code below}
   * are listed.
   *
   * @param examples human labels
   * @param scores with held-out probabilities of exactly these examples
   * @param below least score that is no longer doubtful, 0 to 1
   * @param most longest list
   * @return worst first, ties by item number; labels the model agrees with are never listed
   */
  public static List<RoundReport.Suspect> rank(
      Examples examples, Scores scores, double below, int most) {
    List<RoundReport.Suspect> suspects = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      double score = score(examples.labels()[i], scores, i);
      int[] predicted = scores.label(scores.heldOut(), i);
      if (score < below && !java.util.Arrays.equals(predicted, examples.labels()[i])) {
        suspects.add(new RoundReport.Suspect(examples.items()[i], predicted, score));
      }
    }
    suspects.sort(
        Comparator.comparingDouble(RoundReport.Suspect::score)
            .thenComparingInt(RoundReport.Suspect::item));
    return List.copyOf(suspects.subList(0, Math.min(most, suspects.size())));
  }

  private static double score(int[] given, Scores scores, int row) {
    int from = row * scores.classes();
    float[] p = scores.heldOut();
    if (!scores.multiLabel()) {
      double other = 0;
      for (int k = 0; k < scores.classes(); k++) {
        other = k == given[0] ? other : Math.max(other, p[from + k]);
      }
      return (p[from + given[0]] - other + 1) / 2;
    }
    double least = 1;
    for (int k = 0; k < scores.classes(); k++) {
      boolean chosen = java.util.Arrays.binarySearch(given, k) >= 0;
      least = Math.min(least, chosen ? p[from + k] : 1 - p[from + k]);
    }
    return least;
  }
}
