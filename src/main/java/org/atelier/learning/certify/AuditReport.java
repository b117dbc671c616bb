package org.atelier.learning.certify;

import java.util.List;

/**
 * Where an audit stands after its answered draws.
 *
 * @param decision what to do now
 * @param certified index of the largest certified candidate set, -1 when none is
 * @param aim index of the candidate set the next draws should serve; -1 unless {@link
 *     Decision#CONTINUE}
 * @param sets every nested candidate set, smallest first
 * @param answered draws in the fully answered prefix, the only ones that count as evidence
 * @param returnedRisk part of the plan's risk that may be spent again once this audit is closed,
 *     see {@link RiskBudget}
 */
public record AuditReport(
    Decision decision,
    int certified,
    int aim,
    List<CandidateSet> sets,
    int answered,
    double returnedRisk) {

  /** What to do now. */
  public enum Decision {
    /** Accept {@link AuditReport#certified()}: nothing larger is worth its further draws. */
    CERTIFIED,
    /** Draw more. */
    CONTINUE,
    /**
     * No set is certified and none is likely to be within the allowance. An honest stop that is
     * always allowed: label what was drawn, choose a smaller candidate set, audit it with a share
     * of its own.
     */
    HOPELESS
  }

  /**
   * One nested candidate set.
   *
   * @param strata number of strata it holds
   * @param riskShare its share of the risk
   * @param population candidates before the audit
   * @param drawn draws that fell into it, answered or not
   * @param wrong wrong ones among the answered, lost ones not included
   * @param lost draws that will never be answered
   * @param remaining machine labels left to accept: population minus drawn, minus what people
   *     labelled meanwhile without being drawn
   * @param accuracyAtLeast lower bound of the accuracy of the remaining labels, in [0, 1], valid at
   *     all times at once with probability 1 - riskShare; 1 when none remain
   * @param accuracyExpected forecast accuracy of the remaining labels (an estimate, no guarantee)
   * @param certified whether accuracyAtLeast reaches the target
   * @param hopeful whether it may still be certified
   * @param furtherDraws expected further draws made for this set, those counted that fall outside
   *     it; 0 when certified
   */
  public record CandidateSet(
      int strata,
      double riskShare,
      int population,
      int drawn,
      int wrong,
      int lost,
      int remaining,
      double accuracyAtLeast,
      double accuracyExpected,
      boolean certified,
      boolean hopeful,
      int furtherDraws) {}

  /** Copies. */
  public AuditReport {
    sets = List.copyOf(sets);
  }
}
