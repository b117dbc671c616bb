package org.atelier.learning.campaign;

import java.util.List;

/**
 * What one round found; all accuracies are estimates from people's answers, none knows the truth.
 *
 * @param round from 1
 * @param humanLabels items with a human label when the round ended
 * @param answers single answers so far, audit included
 * @param auditAnswers answers of those that went to audits, so far
 * @param threshold least estimated probability of being right among the candidates; 1 without any
 * @param candidateLabels machine labels the round would propose
 * @param draws answers an audit of them is expected to ask for; those asked for after one
 * @param acceptedLabels machine labels accepted in this round
 * @param estimate estimated accuracy of the candidates (of the accepted labels after an audit)
 * @param lower certified lower bound after an audit, else 0
 * @param upper 1 unless an audit bounds it
 * @param accuracy held-out accuracy on items drawn at random, null below {@value #LEAST} of them
 * @param accuracyItems how many items that accuracy rests on
 * @param curve share of the open pool against estimated accuracy, surest first
 * @param suspects human labels the model doubts most, worst first
 * @param note what was decided and why, one sentence
 * @param seconds time the round's computing took
 */
public record RoundReport(
    int round,
    int humanLabels,
    int answers,
    int auditAnswers,
    double threshold,
    int candidateLabels,
    int draws,
    int acceptedLabels,
    double estimate,
    double lower,
    double upper,
    Double accuracy,
    int accuracyItems,
    List<CurvePoint> curve,
    List<Suspect> suspects,
    String note,
    double seconds) {
  /** Fewest random items that an accuracy is given for. */
  public static final int LEAST = 30;

  /**
   * A point of the coverage curve.
   *
   * @param labels number of surest machine labels
   * @param accuracy their estimated accuracy
   */
  public record CurvePoint(int labels, double accuracy) {}

  /**
   * A doubted human label.
   *
   * @param predicted what the model says, ascending class numbers
   * @param score normalised margin, 0 to 1, lower is more doubtful
   */
  public record Suspect(int item, int[] predicted, double score) {}
}
