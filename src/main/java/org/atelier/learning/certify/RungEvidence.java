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
  /** Draws without an error after which the bet is designed anew; any older bet stays valid. */
  private static final int RENEWED_AFTER = 8;

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
  private int stale;
  private double planned;
  private double growth;
  private double leverage;
  private double lacking;
  private int lookedAt;
  private final double[] alternative;
  private final double[] probability;
  private final double[] hypothetical;

  /**
   * @param population candidates of the set
   * @param strata number of strata it holds
   * @param target accuracy at which the evidence is aimed, in [0, 1]
   * @param riskShare probability with which the bound may ever fail, in (0, 1)
   * @param floor smallest total of errors about which evidence is kept
   */
  RungEvidence(int population, int strata, double target, double riskShare, int floor) {
    this.population = population;
    this.strata = strata;
    this.floor = floor;
    allowedRate = 1 - target;
    threshold = -Math.log(riskShare);
    upper = population;
    alternative = new double[strata];
    probability = new double[strata];
    hypothetical = new double[strata];
  }

  /**
   * Takes one draw of this set into the evidence, its item still counted in {@code left}. A draw
   * made for a smaller set, which could not have hit all that is left of this one, counts as
   * answered but says nothing.
   */
  void step(int stratum, Outcome outcome, double[] weights, int[] left, Forecast forecast) {
    int items = population - count;
    double errors = Math.max(1, Math.max(floor, allowed(items) + 1.0) - wrong);
    double all = reachable(weights, left);
    boolean counted = outcome == Outcome.WRONG || outcome == Outcome.LOST;
    if (outcome == Outcome.VOID || errors >= items || all == 0) {
      stale = 0;
      add(1, 0, errors);
    } else {
      for (int b = 0; b < strata; b++) {
        probability[b] = weights[b] / all;
      }
      if (stale-- <= 0) {
        plan(errors, left, forecast);
        stale = Math.min(RENEWED_AFTER, population / 500);
      }
      bet(stratum, counted, left);
    }
    wrong += counted ? 1 : 0;
    credited += outcome == Outcome.WRONG ? 1 : 0;
    stale = counted ? 0 : stale;
    look();
  }

  /** Returns the sum of all items' weights, or 0 when some item could not be drawn. */
  private double reachable(double[] weights, int[] left) {
    double all = 0;
    for (int b = 0; b < strata; b++) {
      if (left[b] > 0 && weights[b] <= 0) {
        return 0;
      }
      all += left[b] * weights[b];
    }
    return all;
  }

  private void plan(double errors, int[] left, Forecast forecast) {
    double expected = 0;
    for (int b = 0; b < strata; b++) {
      expected += left[b] * forecast.rate(b);
    }
    double scale = Design.alternativeScale(expected, errors);
    for (int b = 0; b < strata; b++) {
      alternative[b] = scale * forecast.rate(b);
    }
    planned = Design.bet(left, alternative, probability, errors, hypothetical);
  }

  private void bet(int stratum, boolean counted, int[] left) {
    double sum = 0;
    double reach = 1;
    for (int b = 0; b < strata; b++) {
      if (left[b] > 0) {
        sum += left[b] * hypothetical[b];
        reach = Math.max(reach, (1 - hypothetical[b]) / probability[b]);
      }
    }
    // no outcome may make the factor negative at any total that can be true
    double below = Math.max(0, wrong + sum - Math.max(floor, wrong));
    double lambda = Math.min(planned, 0.99 / (reach + below));
    double excess = ((counted ? 1 : 0) - hypothetical[stratum]) / probability[stratum];
    add(1 - lambda * excess, lambda, wrong + sum);
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
    growth += Math.max(0, Math.log(factor));
    leverage += lambda / factor;
  }

  /** Returns the greatest total of errors that leaves the target met when {@code items} remain. */
  private int allowed(int items) {
    return credited + (int) Math.floor(allowedRate * items + 1e-9);
  }

  private void look() {
    int items = population - count;
    upper = Math.min(upper, wrong + items);
    int allowed = allowed(items);
    if (upper <= allowed || allowed + 1 < floor) {
      return;
    }
    // a full look costs a pass over all draws: skip it while it cannot succeed
    double reach = growth + 1.5 * leverage * Math.max(0, allowed - lookedAt);
    if (reach >= lacking) {
      lacking = threshold - logEvidence(allowed + 1);
      lookedAt = allowed;
      growth = 0;
      if (lacking <= 0) {
        tighten();
      }
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

  /** Returns ln of the evidence against "too many errors for the target are left". */
  double logEvidenceForTarget() {
    return logEvidence(Math.max(floor, allowed(population - count) + 1));
  }

  /** Returns ln of the evidence still missing for a certificate, or 0. */
  double missing() {
    return Math.max(0, threshold - logEvidenceForTarget());
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

  /** Returns whether the bound says now that what remains meets the target. */
  boolean certified() {
    return upper <= allowed(population - count);
  }
}
