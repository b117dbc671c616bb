package org.atelier.learning.certify;

import java.util.Arrays;

/**
 * Evidence that a population of labels holds more errors than allowed: the mirror of {@link
 * RungEvidence}. For a total m of errors it is the mean over a grid of bets of the products of 1 +
 * λ ((z - e') / q - (m - m_s)); at the true total a martingale that starts at 1, and falling in m.
 * Defined for m up to {@link #ceiling()}. Lost draws count as right, so that they raise no alarm.
 *
 * <p>Source of the mixture over a grid of bets: Waudby-Smith, Ramdas (2024), JRSS-B 86,
 * doi:10.1093/jrsssb/qkad009, section 4 ("grid Kelly").
 */
final class Opposition {
  /** Bets as parts of the largest safe one. */
  private static final double[] GRID = {0.01, 0.025, 0.06, 0.15, 0.4, 0.9};

  private final double allowedRate;
  private final int population;
  private final int ceiling;
  private final double[] hypothetical;
  private final double[] probability;
  private double[] gains = new double[64];
  private double[] safe = new double[64];
  private double[] hypotheses = new double[64];
  private int count;
  private int wrong;

  /**
   * @param allowedRate greatest error rate that is fine, in [0, 1]
   * @param strata number of strata drawn from
   */
  Opposition(int population, double allowedRate, int strata) {
    this.population = population;
    this.allowedRate = allowedRate;
    int allowed = (int) Math.floor(allowedRate * population + 1e-9);
    ceiling = (int) Math.min(population, allowed + 0.5 * allowed + 10);
    hypothetical = new double[strata];
    probability = new double[strata];
  }

  void step(int stratum, boolean error, double[] weights, int[] left, double[] rates) {
    double all = 0;
    double expected = 0;
    for (int b = 0; b < hypothetical.length; b++) {
      all += left[b] * weights[b];
      expected += left[b] * rates[b];
    }
    double errors = Math.max(0.5, allowed() - wrong);
    double scale = expected > 0 ? errors / expected : 0;
    double sum = 0;
    double reach = 1;
    for (int b = 0; b < hypothetical.length; b++) {
      if (left[b] > 0) {
        probability[b] = weights[b] / all;
        hypothetical[b] = Math.min(Strata.MOST, scale * rates[b]);
        sum += left[b] * hypothetical[b];
        reach = Math.max(reach, hypothetical[b] / probability[b]);
      }
    }
    double hypothesis = wrong + sum;
    grow();
    gains[count] = ((error ? 1 : 0) - hypothetical[stratum]) / probability[stratum];
    safe[count] = 1 / (reach + Math.max(0, ceiling - hypothesis));
    hypotheses[count++] = hypothesis;
    wrong += error ? 1 : 0;
  }

  /** Takes out a draw whose design says nothing about this population. */
  void skip(boolean error) {
    grow();
    gains[count] = 0;
    safe[count] = 0;
    hypotheses[count++] = 0;
    wrong += error ? 1 : 0;
  }

  private void grow() {
    if (count == gains.length) {
      gains = Arrays.copyOf(gains, 2 * count);
      safe = Arrays.copyOf(safe, 2 * count);
      hypotheses = Arrays.copyOf(hypotheses, 2 * count);
    }
  }

  /** Returns the greatest total of errors at which the remaining labels are fine. */
  int allowed() {
    return wrong + (int) Math.floor(allowedRate * (population - count) + 1e-9);
  }

  /** Returns ln of the evidence against "at most m errors in all". */
  double logEvidence(double total) {
    if (total > ceiling) {
      return Double.NEGATIVE_INFINITY;
    }
    double[] logs = new double[GRID.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < GRID.length; k++) {
      double log = 0;
      double product = 1;
      for (int s = 0; s < count; s++) {
        product *= 1 + GRID[k] * safe[s] * (gains[s] - (total - hypotheses[s]));
        if (product > 1e100 || product < 1e-100) {
          log += Math.log(product);
          product = 1;
        }
      }
      logs[k] = log + Math.log(product);
      most = Math.max(most, logs[k]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum / GRID.length);
  }

  /** Returns the smallest total not rejected at ln(1 / risk). */
  int lower(double threshold) {
    int low = wrong - 1;
    int high = ceiling + 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (logEvidence(middle) >= threshold) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.max(wrong, low + 1);
  }

  int ceiling() {
    return ceiling;
  }
}
