package org.atelier.learning.certify;

/**
 * The growth-optimal sampling design and bet for testing "at least m errors are left".
 *
 * <p>Let e be the forecast error probability of an item and e' a hypothetical one, with the e'
 * summing to m over the remaining items. Drawing item i with probability q(i) and multiplying the
 * evidence by f(i, z) = 1 - λ (z - e'(i)) / q(i) has expectation 1 + λ (m - true errors left), for
 * every λ >= 0 and every e' and q: at most 1 under the hypothesis. Given q, the expected logarithm
 * under the forecast is greatest for the e' that solves e' - e = λ e' (1 - e') / q with sum m (the
 * reverse information projection; then f is the likelihood ratio of e and e'). The best q has equal
 * Kullback-Leibler divergence κ between e and e' for all items, and κ is then the growth per draw.
 * For small gaps it is q proportional to sqrt(e (1 - e)), Neyman's allocation.
 *
 * <p>Sources: Shekhar, Xu, Lipton, Liang, Ramdas (2023), "Risk-limiting financial audits via
 * weighted sampling without replacement", UAI (weighted draws and control variate); Waudby-Smith,
 * Ramdas (2024), "Estimating means of bounded random variables by betting", JRSS-B 86,
 * doi:10.1093/jrsssb/qkad009; Grünwald, de Heide, Koolen (2024), "Safe testing", JRSS-B 86,
 * doi:10.1093/jrsssb/qkae011 (growth optimality). The equal-divergence design is derived here.
 */
final class Design {
  /**
   * A forecast at or above the hypothesis is scaled to this part of it: bet little, not nothing.
   */
  private static final double HEDGE = 0.9;

  private Design() {}

  /**
   * Returns what the alternative expects of a stratum's items: the forecast, scaled down when it
   * would not contradict the hypothesis.
   */
  static double alternativeScale(double forecastErrors, double errors) {
    return forecastErrors > HEDGE * errors ? HEDGE * errors / forecastErrors : 1;
  }

  /**
   * Solves for the growth per draw and fills the sampling weights.
   *
   * @param remaining items left per stratum
   * @param alternative expected error probability per stratum, in (0, 1), their sum below {@code
   *     errors}
   * @param errors hypothetical number of errors left, below the number of items
   * @param weights receives one item's relative chance per stratum; null when not wanted
   * @return κ > 0, natural logarithm per draw
   */
  static double solve(int[] remaining, double[] alternative, double errors, double[] weights) {
    int strata = alternative.length;
    double low = -30;
    double high = 3;
    double[] hypothetical = new double[strata];
    for (int round = 0; round < 28; round++) {
      double middle = 0.5 * (low + high);
      double sum = 0;
      for (int b = 0; b < strata; b++) {
        if (remaining[b] > 0) {
          hypothetical[b] = tilt(alternative[b], Math.exp(middle));
          sum += remaining[b] * hypothetical[b];
        }
      }
      if (sum < errors) {
        low = middle;
      } else {
        high = middle;
      }
    }
    if (weights != null) {
      for (int b = 0; b < strata; b++) {
        double h = hypothetical[b];
        weights[b] = remaining[b] == 0 ? 0 : h * (1 - h) / (h - alternative[b]);
      }
    }
    return Math.exp(0.5 * (low + high));
  }

  /** Returns the x > e with Kullback-Leibler divergence of Bernoulli(e) from Bernoulli(x) = κ. */
  private static double tilt(double e, double divergence) {
    double constant = e * Math.log(e) + (1 - e) * Math.log(1 - e) - divergence;
    double x = Math.min(0.5 * (1 + e), e + Math.sqrt(2 * divergence * e * (1 - e)) + divergence);
    for (int round = 0; round < 8; round++) {
      double value = constant - e * Math.log(x) - (1 - e) * Math.log(1 - x);
      double slope = (x - e) / (x * (1 - x));
      double next = x - value / slope;
      next = Math.min(1 - 0.25 * (1 - x), Math.max(e + 0.25 * (x - e), next));
      if (Math.abs(next - x) < 1e-12 + 1e-9 * (x - e)) {
        return next;
      }
      x = next;
    }
    return x;
  }

  /**
   * Finds the bet for given draw probabilities.
   *
   * @param remaining items left per stratum
   * @param alternative as in {@link #solve}
   * @param probability one item's chance per stratum, their weighted sum 1; 0 only in strata that
   *     are not drawn from, which is allowed nowhere inside the candidate set
   * @param errors as in {@link #solve}
   * @param hypothetical receives e' per stratum
   * @return λ >= 0
   */
  static double bet(
      int[] remaining,
      double[] alternative,
      double[] probability,
      double errors,
      double[] hypothetical) {
    double low = -60;
    double high = 10;
    for (int round = 0; round < 32; round++) {
      double middle = 0.5 * (low + high);
      double lambda = Math.exp(middle);
      double sum = 0;
      for (int b = 0; b < alternative.length; b++) {
        if (remaining[b] > 0) {
          hypothetical[b] = root(alternative[b], lambda / probability[b]);
          sum += remaining[b] * hypothetical[b];
        }
      }
      if (sum < errors) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp(low);
  }

  /** Returns the x in [e, 1) with x - e = g x (1 - x). */
  private static double root(double e, double g) {
    double c = 1 - g;
    double discriminant = Math.sqrt(c * c + 4 * g * e);
    // the two forms avoid cancellation for small and for large g
    return c > 0 ? 2 * e / (c + discriminant) : (discriminant - c) / (2 * g);
  }
}
