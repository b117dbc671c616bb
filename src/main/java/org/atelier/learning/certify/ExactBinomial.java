package org.atelier.learning.certify;

/**
 * Exact (Clopper-Pearson) bounds of a binomial proportion, one-sided, by bisection on the exact
 * tail probability.
 *
 * <p>Fixed sample size only: not valid under repeated looks. Source: Clopper, Pearson (1934),
 * Biometrika 26, doi:10.1093/biomet/26.4.404.
 */
public final class ExactBinomial {
  private ExactBinomial() {}

  /**
   * Returns the upper bound: the largest p at which {@code events} or fewer in {@code trials} still
   * has probability at least {@code risk}.
   *
   * @param events 0 .. trials
   * @param trials at least 0; 0 gives 1
   * @param risk in (0, 1), for instance 0.05 for a one-sided 95 % bound
   */
  public static double upper(long events, long trials, double risk) {
    check(events, trials, risk);
    if (events == trials) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int round = 0; round < 60; round++) {
      double middle = 0.5 * (low + high);
      if (atMost(events, trials, middle) >= risk) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Returns the lower bound, see {@link #upper}; 0 trials give 0. */
  public static double lower(long events, long trials, double risk) {
    return trials == 0 ? 0 : 1 - upper(trials - events, trials, risk);
  }

  private static double atMost(long events, long trials, double p) {
    if (p <= 0) {
      return 1;
    }
    double logOdds = Math.log(p) - Math.log1p(-p);
    double log = trials * Math.log1p(-p);
    double sum = Math.exp(log);
    for (long k = 1; k <= events; k++) {
      log += Math.log((trials - k + 1) / (double) k) + logOdds;
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }

  private static void check(long events, long trials, double risk) {
    if (events < 0 || events > trials || !(risk > 0 && risk < 1)) {
      throw new IllegalArgumentException(events + " of " + trials + " at risk " + risk);
    }
  }
}
