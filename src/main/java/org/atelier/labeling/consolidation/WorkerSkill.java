package org.atelier.labeling.consolidation;

import java.util.OptionalDouble;

/**
 * How often a worker was right, as far as the answers of all can tell.
 *
 * @param answers the worker's answers, fair items or not
 * @param accuracy 0 to 1, more is better; empty when no answer of the worker could be judged
 * @param lower lower end of the 95 % interval, 0 when the accuracy is empty
 * @param upper upper end of the 95 % interval, 1 when the accuracy is empty
 */
public record WorkerSkill(int answers, OptionalDouble accuracy, double lower, double upper) {

  private static final double Z = 1.959963984540054;

  /**
   * Estimates the accuracy with Wilson's score interval at 95 %, which keeps its level for small
   * samples and shares near 0 or 1. It treats the consolidated labels as the truth.
   *
   * <p>Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
   * inference", JASA 22 (1927), 209–212. Example: 8 right of 10 gives 0.8, 0.4902 to 0.9433.
   *
   * @param judged answers that could be compared, n
   * @param right how many of them were right, 0 to n; may be fractional (a sum of probabilities)
   */
  static WorkerSkill of(int answers, int judged, double right) {
    if (judged == 0) {
      return new WorkerSkill(answers, OptionalDouble.empty(), 0, 1);
    }
    double share = Math.min(1, Math.max(0, right / judged));
    double weight = Z * Z / judged;
    double middle = (share + weight / 2) / (1 + weight);
    double half =
        Z * Math.sqrt(share * (1 - share) / judged + weight / (4 * judged)) / (1 + weight);
    double lower = share == 0 ? 0 : Math.max(0, middle - half);
    double upper = share == 1 ? 1 : Math.min(1, middle + half);
    return new WorkerSkill(answers, OptionalDouble.of(share), lower, upper);
  }
}
