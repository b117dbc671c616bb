package org.atelier.learning.certify;

import java.util.List;

/**
 * What the monitor says about accepted labels.
 *
 * @param verdict keep or withdraw
 * @param answered monitor draws in the answered prefix
 * @param wrong wrong ones among them
 * @param remaining accepted labels never drawn
 * @param accuracyAtLeast the monitor's own lower bound for the remaining labels, valid at all times
 *     at once with probability 1 - the plan's risk share; weak while few are drawn (the certificate
 *     says more until it is withdrawn)
 * @param accuracyAtMost upper bound, valid at all times at once with probability 1 - the false
 *     alarm rate
 * @param accuracyExpected forecast, no guarantee
 * @param supportEvidence natural logarithm of acceptance evidence times monitor evidence for the
 *     target; below 0 all draws together no longer speak for it
 * @param doubtful strata that the monitor's errors point at, most doubtful first; empty while kept
 *     and nothing stands out
 */
public record MonitorReport(
    Verdict verdict,
    int answered,
    int wrong,
    int remaining,
    double accuracyAtLeast,
    double accuracyAtMost,
    double accuracyExpected,
    double supportEvidence,
    List<DoubtfulStratum> doubtful) {

  /** Keep or withdraw, with its reason. */
  public enum Verdict {
    /** The certificate stands. */
    KEEP,
    /** The upper bound of the accuracy fell below the target: shown to be too low. */
    WITHDRAW_SHOWN_BELOW_TARGET,
    /**
     * What the acceptance audit had shown has been undone: all draws together no longer favour the
     * target.
     */
    WITHDRAW_SUPPORT_LOST
  }

  /**
   * A stratum with more errors than its part of the allowed errors explains.
   *
   * @param stratum index, from 0 (surest)
   * @param drawn monitor draws in it
   * @param wrong wrong ones
   * @param evidence factor by which the draws speak against the stratum (an e-value; 20 is strong)
   */
  public record DoubtfulStratum(int stratum, int drawn, int wrong, double evidence) {}

  /** Copies. */
  public MonitorReport {
    doubtful = List.copyOf(doubtful);
  }

  /**
   * Returns the risk at which the lower bound from acceptance audit and monitor together still
   * reaches the target: the inverse of their evidence, at most 1. It starts at the risk of the
   * acceptance; at 1 the bound supports the target at no risk, and the certificate is withdrawn.
   */
  public double supportedAtRisk() {
    return Math.min(1, Math.exp(-supportEvidence));
  }

  /** Returns whether the certificate is withdrawn. */
  public boolean withdrawn() {
    return verdict != Verdict.KEEP;
  }
}
