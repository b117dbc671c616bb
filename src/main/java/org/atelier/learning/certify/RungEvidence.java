package org.atelier.learning.certify;

import java.util.Arrays;

/**
 * The evidence about one candidate set, draw by draw: for every total number m of errors the
 * process E_t(m) = product of f_s + λ_s (m - m_s), where f_s is the factor of draw s designed at
 * the hypothesis m_s. At the true total it is a non-negative martingale that starts at 1, and it
 * grows with m; so with probability at least 1 - c no m >= the truth ever has E_t(m) >= 1 / c
 * (Ville 1939), and the largest m not rejected is an upper bound for the total that holds at all
 * times at once. Evidence is defined for m >= {@link #floor()}.
 */
final class RungEvidence {
  private final double allowedRate;
  private final double threshold;
  private final int strata;
  private final int population;
  private final int floor;
  private double[] factors = new double[64];
  private double[] bets = new double[64];
  private double[] hypotheses = new double[64];
  private int count;
  private int wrong;
  private int credited;
  private int upper;
  private int certifiedAt = -1;
  private final double[] alternative;
  private final double[] probability;
  private final double[] hypothetical;

  RungEvidence(AuditPlan plan, int rung, int plannedDraws) {
    strata = plan.rungs().get(rung).strata();
    population = plan.population(strata);
    allowedRate = 1 - plan.target();
    threshold = -Math.log(plan.rungs().get(rung).riskShare());
    int reserve = Math.min(population, 2 * plannedDraws + 100);
    floor = (int) Math.ceil(allowedRate * (population - reserve));
    upper = population;
    alternative = new double[strata];
    probability = new double[strata];
    hypothetical = new double[strata];
  }

  /** Takes one draw of this set into the evidence, its outcome not yet counted in {@code left}. */
  void step(int stratum, Outcome outcome, double[] weights, int[] left, Forecast forecast) {
    int items = population - count;
    double hypothesis = Math.max(floor, allowed(items) + 1.0);
    double errors = Math.max(1, hypothesis - wrong);
    double lambda = 0;
    double sum = 0;
    double reach = 1;
    if (errors < items) {
      double all = 0;
      double expected = 0;
      for (int b = 0; b < strata; b++) {
        all += left[b] * weights[b];
        expected += left[b] * forecast.rate(b);
      }
      double scale = Design.alternativeScale(expected, errors);
      for (int b = 0; b < strata; b++) {
        alternative[b] = scale * forecast.rate(b);
        probability[b] = weights[b] / all;
      }
      lambda = Design.bet(left, alternative, probability, errors, hypothetical);
      for (int b = 0; b < strata; b++) {
        if (left[b] > 0) {
          sum += left[b] * hypothetical[b];
          reach = Math.max(reach, (1 - hypothetical[b]) / probability[b]);
        }
      }
      // no outcome may make the factor negative at any total that can be true
      double below = Math.max(0, wrong + sum - Math.max(floor, wrong));
      lambda = Math.min(lambda, 0.99 / (reach + below));
    }
    boolean counted = outcome == Outcome.WRONG || outcome == Outcome.LOST;
    double factor =
        lambda == 0
            ? 1
            : 1 - lambda * ((counted ? 1 : 0) - hypothetical[stratum]) / probability[stratum];
    add(factor, lambda, wrong + sum);
    wrong += counted ? 1 : 0;
    credited += outcome == Outcome.WRONG ? 1 : 0;
    look();
  }

  private void add(double factor, double lambda, double hypothesis) {
    if (count == factors.length) {
      factors = Arrays.copyOf(factors, 2 * count);
      bets = Arrays.copyOf(bets, 2 * count);
      hypotheses = Arrays.copyOf(hypotheses, 2 * count);
    }
    factors[count] = factor;
    bets[count] = lambda;
    hypotheses[count++] = hypothesis;
  }

  /** Returns the greatest total of errors that leaves the target met when {@code items} remain. */
  private int allowed(int items) {
    return credited + (int) Math.floor(allowedRate * items + 1e-9);
  }

  private void look() {
    int items = population - count;
    upper = Math.min(upper, wrong + items);
    int allowed = allowed(items);
    if (upper > allowed && allowed + 1 >= floor && logEvidence(allowed + 1) >= threshold) {
      tighten();
    }
    if (certifiedAt < 0 && upper <= allowed) {
      certifiedAt = count;
    }
  }

  /** Lowers the upper bound of the total as far as the evidence now supports. */
  void tighten() {
    int low = Math.max(floor, wrong) - 1;
    int high = upper;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (logEvidence(middle) >= threshold) {
        high = middle;
      } else {
        low = middle;
      }
    }
    // "high" is the smallest rejected total above "low", or the old bound
    if (high > low && logEvidence(high) >= threshold) {
      upper = Math.min(upper, high - 1);
    }
  }

  /** Returns ln E_t(m), m at or above {@link #floor()}; negative infinity when it is zero. */
  double logEvidence(double total) {
    double log = 0;
    double product = 1;
    for (int s = 0; s < count; s++) {
      double factor = factors[s] + bets[s] * (total - hypotheses[s]);
      if (factor <= 0) {
        return Double.NEGATIVE_INFINITY;
      }
      product *= factor;
      if (product > 1e100 || product < 1e-100) {
        log += Math.log(product);
        product = 1;
      }
    }
    return log + Math.log(product);
  }

  /** Returns the evidence, at most 1, that may be handed back to the risk budget. */
  double returnable() {
    // lost draws are not credited: the truth may lie below the errors counted
    return Math.min(1, Math.exp(logEvidence(Math.max(floor, credited))));
  }

  /** Returns ln of the evidence still missing for a certificate, or 0. */
  double missing() {
    int hypothesis = Math.max(floor, allowed(population - count) + 1);
    return Math.max(0, threshold - logEvidence(hypothesis));
  }

  int floor() {
    return floor;
  }

  int strata() {
    return strata;
  }

  int population() {
    return population;
  }

  int drawn() {
    return count;
  }

  int wrong() {
    return wrong;
  }

  int credited() {
    return credited;
  }

  /** Returns the running upper bound for the total number of errors (lost draws counted wrong). */
  int upper() {
    return upper;
  }

  /** Returns how many draws of this set the first certificate took, or -1. */
  int certifiedAt() {
    return certifiedAt;
  }
}
