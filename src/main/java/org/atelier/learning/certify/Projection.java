package org.atelier.learning.certify;

import java.util.Arrays;

/**
 * How many further draws a candidate set is expected to need.
 *
 * @param draws expected draws; at most the items left
 * @param hopeful whether the forecast, one and a half deviations to the good side, contradicts the
 *     hypothesis at all
 * @param errors expected errors among the items left
 * @param gain errors a draw takes away beyond those that the target forgives it
 */
record Projection(double draws, boolean hopeful, double errors, double gain) {
  /** Deviations of the forecast given to the candidate set before it is called hopeless. */
  private static final double BENEFIT_OF_DOUBT = 1.5;

  /**
   * Projects.
   *
   * @param missing ln of the evidence still needed
   * @param hypothesis errors left under the hypothesis to be rejected
   */
  static Projection of(
      double target, int[] left, Forecast forecast, int strata, double missing, double hypothesis) {
    int items = 0;
    double errors = 0;
    double slope = 0;
    for (int b = 0; b < strata; b++) {
      double rate = forecast.rate(b);
      items += left[b];
      errors += left[b] * rate;
      slope += left[b] * rate * (1 - rate);
    }
    double spread = slope * forecast.interceptDeviation();
    boolean hopeful = errors - BENEFIT_OF_DOUBT * spread < hypothesis;
    double[] alternative = new double[strata];
    double[] weights = new double[strata];
    int[] remaining = Arrays.copyOf(left, strata);
    double draws = 0;
    double gain = 0;
    for (int round = 0; round < 6; round++) {
      double moved = Math.max(hypothesis + draws * gain, 1);
      if (moved >= items) {
        return new Projection(Math.min(draws, items), hopeful, errors, gain);
      }
      double scale = Design.alternativeScale(errors, moved);
      for (int b = 0; b < strata; b++) {
        alternative[b] = scale * forecast.rate(b);
      }
      double growth = Design.solve(remaining, alternative, moved, weights);
      gain = gain(target, remaining, alternative, weights);
      double next = Math.min(items, missing / growth);
      draws = round == 0 ? next : 0.5 * (draws + next);
    }
    return new Projection(draws, hopeful, errors, gain);
  }

  /** Returns the errors a draw takes away beyond those that the target forgives it. */
  private static double gain(double target, int[] left, double[] alternative, double[] weights) {
    double all = 0;
    double found = 0;
    for (int b = 0; b < weights.length; b++) {
      all += left[b] * weights[b];
      found += left[b] * weights[b] * alternative[b];
    }
    return all == 0 ? 0 : found / all - (1 - target);
  }
}
