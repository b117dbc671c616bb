package org.atelier.learning.certify;

import java.util.Arrays;

/**
 * How many further draws a candidate set is expected to need.
 *
 * @param draws expected draws by the forecast as it is, at most the items left
 * @param hopefulDraws the same when the forecast is that much too dark that could well be, at most
 *     the items left
 * @param errors expected errors among the items left
 * @param gain errors a draw takes away beyond those that the target forgives it
 */
record Projection(double draws, double hopefulDraws, double errors, double gain) {
  /** Deviations of the forecast given to a candidate set before it is called hopeless. */
  private static final double BENEFIT_OF_DOUBT = 1.5;

  private static final int ROUNDS = 4;

  /**
   * Projects.
   *
   * @param missing ln of the evidence still needed
   * @param hypothesis errors left under the hypothesis to be rejected
   */
  static Projection of(
      double target, int[] left, Forecast forecast, int strata, double missing, double hypothesis) {
    double[] rates = new double[strata];
    double errors = 0;
    double slope = 0;
    for (int b = 0; b < strata; b++) {
      rates[b] = forecast.rate(b);
      errors += left[b] * rates[b];
      slope += left[b] * rates[b] * (1 - rates[b]);
    }
    int[] remaining = Arrays.copyOf(left, strata);
    double[] usual = draws(target, remaining, rates, missing, hypothesis);
    double doubt = BENEFIT_OF_DOUBT * slope * forecast.interceptDeviation();
    double scale = Math.max(0.2, 1 - doubt / Math.max(errors, 1e-9));
    for (int b = 0; b < strata; b++) {
      rates[b] *= scale;
    }
    double[] hopeful = draws(target, remaining, rates, missing, hypothesis);
    return new Projection(usual[0], hopeful[0], errors, usual[1]);
  }

  /** Returns the expected draws and the gain of one; draws that take errors away ease the rest. */
  private static double[] draws(
      double target, int[] left, double[] rates, double missing, double hypothesis) {
    int items = 0;
    double errors = 0;
    for (int b = 0; b < left.length; b++) {
      items += left[b];
      errors += left[b] * rates[b];
    }
    double[] alternative = new double[left.length];
    double[] weights = new double[left.length];
    double draws = 0;
    double gain = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double moved = Math.max(hypothesis + draws * gain, 1);
      if (moved >= items) {
        break;
      }
      double scale = Design.alternativeScale(errors, moved);
      if (scale < 1 && round == 0 && errors > 1.5 * moved) {
        return new double[] {items, gain};
      }
      for (int b = 0; b < left.length; b++) {
        alternative[b] = scale * rates[b];
      }
      double growth = Design.solve(left, alternative, moved, weights);
      gain = gain(target, left, rates, weights);
      double next = Math.min(items, missing / growth);
      draws = round == 0 ? next : 0.5 * (draws + next);
    }
    boolean reached = errors < hypothesis + draws * gain;
    return new double[] {reached ? Math.min(draws, items) : items, gain};
  }

  private static double gain(double target, int[] left, double[] rates, double[] weights) {
    double all = 0;
    double found = 0;
    for (int b = 0; b < weights.length; b++) {
      all += left[b] * weights[b];
      found += left[b] * weights[b] * rates[b];
    }
    return all == 0 ? 0 : found / all - (1 - target);
  }
}
