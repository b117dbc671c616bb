package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Watches accepted machine labels by a thin random audit that goes on after acceptance.
 *
 * <p>It is driven like an audit: {@link Strata} over the accepted, never drawn labels of all
 * increments, an {@link AuditPlan} with one set and the monitor's share of δ, {@link Audit#draw} a
 * few items now and then, {@link AuditState#with} the outcomes. Only the question differs.
 *
 * <p><b>When a certificate is withdrawn.</b> When the lower bound no longer supports the target.
 * The bound is that of the acceptance audit and the monitor's draws together, and which risk it is
 * taken at matters: at the risk of the acceptance it stands at the target when the audit stops, so
 * that about every other certificate would fall to the next few draws, the true ones too. The
 * monitor therefore follows the risk at which the bound still reaches the target ({@link
 * MonitorReport#supportedAtRisk}), which rises with errors found and falls with right labels, and
 * withdraws when there is none below 1. Above δ the certificate is in doubt: whoever drives the
 * monitor draws on until it is settled. Besides, it withdraws when the labels are shown to be too
 * bad:
 *
 * <ul>
 *   <li><em>Shown below target.</em> An upper confidence sequence for the accuracy of the remaining
 *       labels falls below the target. If the accuracy is at least the target this ever happens
 *       with probability at most the false alarm rate.
 *   <li><em>Support lost.</em> The evidence of the acceptance audit times that of the monitor's
 *       draws (both against "below target") has fallen under 1: all draws together no longer favour
 *       the target, so that the lower bound supports it at no risk. If the labels are as the
 *       forecast has them, evidence that stood at 1 / c falls to 1 with probability about c.
 * </ul>
 *
 * <p>The labels and what people say about them are taken as fixed. If the people's opinion itself
 * moves, the monitor measures the mixture of old and new draws and reacts later.
 *
 * <p>Labels that somebody in charge confirmed or corrected stand no longer as the machine's; when
 * they are drawn nevertheless they are {@link Outcome#VOID} and multiply the evidence by 1. For the
 * labels that still stand that is a supermartingale again, since the hypothetical errors of the
 * others are then missing among the errors found: it cannot make them look better than they are.
 */
public final class AccuracyMonitor {
  /** Evidence from which a stratum is named although the certificate is kept. */
  private static final double STANDS_OUT = 20;

  private static final double NAMED_ON_WITHDRAWAL = 4;

  private AccuracyMonitor() {}

  /**
   * Assesses the answered prefix.
   *
   * @param state monitor draws so far, over a plan with exactly one set
   * @param acceptanceRisk the risk share at which the labels were certified (the largest, when
   *     there were several increments), in (0, 1); their evidence was at least its inverse
   * @param falseAlarm probability with which good labels may ever be shown below target, in (0, 1)
   */
  public static MonitorReport assess(AuditState state, double acceptanceRisk, double falseAlarm) {
    if (!(acceptanceRisk > 0 && acceptanceRisk < 1 && falseAlarm > 0 && falseAlarm < 1)) {
      throw new IllegalArgumentException("risks in (0, 1): " + acceptanceRisk + ", " + falseAlarm);
    }
    if (state.plan().rungs().size() > 1) {
      throw new IllegalArgumentException("a monitor watches one set");
    }
    AuditReport.CandidateSet set = null;
    List<AuditReport.CandidateSet> sets = Audit.evaluate(state).sets();
    if (sets.isEmpty()) {
      return new MonitorReport(
          MonitorReport.Verdict.KEEP, 0, 0, 0, 1, 1, 1, -Math.log(acceptanceRisk), List.of());
    }
    set = sets.get(0);
    RungEvidence support = Ledger.of(state).rung(0);
    double supportEvidence = -Math.log(acceptanceRisk) + support.logEvidenceForTarget();
    Opposition against = against(state, state.plan().sizes().size());
    int remaining = set.remaining();
    int fewest = against.lower(-Math.log(falseAlarm));
    double atMost = atMost(fewest, set);
    MonitorReport.Verdict verdict = MonitorReport.Verdict.KEEP;
    if (fewest > against.allowed()) {
      verdict = MonitorReport.Verdict.WITHDRAW_SHOWN_BELOW_TARGET;
    } else if (supportEvidence < 0 && remaining > 0) {
      verdict = MonitorReport.Verdict.WITHDRAW_SUPPORT_LOST;
    }
    return new MonitorReport(
        verdict,
        state.answeredPrefix(),
        set.wrong(),
        remaining,
        set.accuracyAtLeast(),
        Math.max(0, atMost),
        set.accuracyExpected(),
        supportEvidence,
        doubtful(state, verdict != MonitorReport.Verdict.KEEP));
  }

  /**
   * An upper bound for the accuracy of a candidate set's labels that were never drawn, valid at all
   * times at once with probability 1 - risk; 1 while nothing speaks against them.
   *
   * @param set index of the candidate set in the audit's plan
   */
  public static double accuracyAtMost(AuditState audit, int set, double risk) {
    Opposition against = against(audit, audit.plan().rungs().get(set).strata());
    AuditReport.CandidateSet shown = Audit.evaluate(audit).sets().get(set);
    return Math.max(0, atMost(against.lower(-Math.log(risk)), shown));
  }

  private static boolean reachesAll(double[] weights, int[] left, int strata) {
    for (int b = 0; b < strata; b++) {
      if (left[b] > 0 && weights[b] <= 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the smallest number of errors, found ones included, in the surest strata. */
  static int fewestErrors(AuditState audit, int strata, double risk) {
    return against(audit, strata).lower(-Math.log(risk));
  }

  private static double atMost(int fewest, AuditReport.CandidateSet set) {
    int remaining = set.remaining();
    return remaining == 0 ? 1 : 1 - Math.max(0, fewest - set.wrong()) / (double) remaining;
  }

  private static Opposition against(AuditState state, int strata) {
    return against(state, strata, new boolean[strata]);
  }

  /** Against the first strata but for those left out, whose draws say nothing then. */
  private static Opposition against(AuditState state, int strata, boolean[] out) {
    AuditPlan plan = state.plan();
    double[] rates = plan.predicted().stream().mapToDouble(Double::doubleValue).toArray();
    int[] left = plan.sizes().stream().mapToInt(Integer::intValue).toArray();
    int population = 0;
    for (int b = 0; b < strata; b++) {
      left[b] = out[b] ? 0 : left[b];
      population += left[b];
    }
    Opposition against = new Opposition(population, 1 - plan.target(), strata);
    int answered = state.answeredPrefix();
    List<AuditState.Batch> batches = state.batches();
    for (int k = 0; k < batches.size(); k++) {
      int end = k + 1 < batches.size() ? batches.get(k + 1).first() : answered;
      double[] weights =
          batches.get(k).weights().stream().mapToDouble(Double::doubleValue).toArray();
      for (int t = batches.get(k).first(); t < Math.min(end, answered); t++) {
        int stratum = state.draws().get(t).stratum();
        if (stratum >= strata || out[stratum]) {
          continue;
        }
        Outcome outcome = state.outcomes().get(t);
        if (outcome == Outcome.VOID || !reachesAll(weights, left, strata)) {
          against.skip(outcome == Outcome.WRONG);
        } else {
          against.step(stratum, outcome == Outcome.WRONG, weights, left, rates);
        }
        left[stratum]--;
      }
    }
    return against;
  }

  private static List<MonitorReport.DoubtfulStratum> doubtful(AuditState state, boolean withdrawn) {
    AuditPlan plan = state.plan();
    int strata = plan.sizes().size();
    double expected = 0;
    for (int b = 0; b < strata; b++) {
      expected += plan.sizes().get(b) * plan.predicted().get(b);
    }
    double headroom = (1 - plan.target()) * plan.population(strata) / expected;
    List<MonitorReport.DoubtfulStratum> all = new ArrayList<>();
    for (int b = 0; b < strata; b++) {
      all.add(stratum(state, b, Math.min(1, headroom * plan.predicted().get(b))));
    }
    all.sort(
        Comparator.comparingDouble(MonitorReport.DoubtfulStratum::evidence)
            .reversed()
            .thenComparingInt(MonitorReport.DoubtfulStratum::stratum));
    double least = withdrawn ? NAMED_ON_WITHDRAWAL : STANDS_OUT * strata;
    boolean[] out = new boolean[strata];
    all.forEach(each -> out[each.stratum()] = each.evidence() >= least);
    if (withdrawn) {
      leaveOutTheLeastSure(state, out);
    }
    List<MonitorReport.DoubtfulStratum> named =
        all.stream().filter(each -> out[each.stratum()]).toList();
    return withdrawn && named.isEmpty() ? all.subList(0, 1) : named;
  }

  /**
   * Errors that are spread make no single stratum stand out: of those that do not, the least sure
   * go too until the draws from the rest together speak no longer against the target.
   */
  private static void leaveOutTheLeastSure(AuditState state, boolean[] out) {
    for (int b = out.length - 1; b >= 0; b--) {
      Opposition rest = against(state, out.length, out);
      double total = Math.min(rest.ceiling(), rest.allowed());
      if (rest.logEvidence(total) <= 0) {
        return;
      }
      out[b] = true;
    }
  }

  private static MonitorReport.DoubtfulStratum stratum(AuditState state, int b, double rate) {
    int size = state.plan().sizes().get(b);
    Opposition against = new Opposition(size, rate, 1);
    double[] one = {1};
    double[] rates = {Math.max(Strata.LEAST, rate)};
    int[] left = {size};
    int wrong = 0;
    for (int t = 0; t < state.answeredPrefix(); t++) {
      if (state.draws().get(t).stratum() == b && state.outcomes().get(t) != Outcome.VOID) {
        boolean error = state.outcomes().get(t) == Outcome.WRONG;
        against.step(0, error, one, left, rates);
        left[0]--;
        wrong += error ? 1 : 0;
      }
    }
    double evidence = Math.exp(against.logEvidence(Math.min(against.ceiling(), rate * size)));
    return new MonitorReport.DoubtfulStratum(b, size - left[0], wrong, evidence);
  }

  /** Returns the items of a stratum that were never drawn, to be re-opened. */
  public static int[] reopened(AuditState state, Strata strata, int stratum) {
    int drawn = Audit.taken(state)[stratum];
    int size = state.plan().sizes().get(stratum);
    int[] items = new int[size - drawn];
    Arrays.setAll(items, i -> strata.item(stratum, drawn + i));
    return items;
  }
}
