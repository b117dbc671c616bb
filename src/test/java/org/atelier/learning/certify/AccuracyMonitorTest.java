package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccuracyMonitorTest {
  private static final double[] RATES = ReplayPopulation.typicalScores(20_000, 0.965);

  @Test
  void goodLabelsAreRarelyWithdrawn() {
    int withdrawn = 0;
    for (int seed = 0; seed < 30; seed++) {
      boolean[] wrong = ReplayPopulation.truth(RATES, 700, new Random(seed));
      withdrawn += monitored(wrong, 600, seed).withdrawn() ? 1 : 0;
    }
    // false alarm 5 %, support lost about 4 %
    assertTrue(withdrawn <= 6, "withdrawn " + withdrawn);
  }

  @Test
  void muchWorseLabelsAreWithdrawn() {
    int withdrawn = 0;
    for (int seed = 0; seed < 8; seed++) {
      double[] worse = ReplayPopulation.shifted(RATES, 1.2);
      boolean[] wrong = ReplayPopulation.truth(worse, 2_000, new Random(seed));
      withdrawn += monitored(wrong, 600, seed).withdrawn() ? 1 : 0;
    }
    assertTrue(withdrawn >= 7, "withdrawn " + withdrawn);
  }

  @Test
  void theRiskAtWhichTheBoundStillReachesTheTargetIsWhatWithdraws() {
    Strata strata = Strata.of(RATES, List.of(), 8, 5);
    assertEquals(
        0.04, AccuracyMonitor.assess(start(strata, 5), 0.04, 0.05).supportedAtRisk(), 1e-12);
    boolean[] right = new boolean[RATES.length];
    MonitorReport good = AccuracyMonitor.assess(run(strata, right, 200, 5), 0.04, 0.05);
    assertTrue(good.supportedAtRisk() < 0.04, "right labels support it further");
    for (int seed = 0; seed < 20; seed++) {
      boolean[] wrong = ReplayPopulation.truth(RATES, 1_100, new Random(seed));
      MonitorReport report =
          AccuracyMonitor.assess(
              run(Strata.of(RATES, List.of(), 8, seed), wrong, 300, seed), 0.04, 0.05);
      boolean lost = report.supportedAtRisk() == 1;
      boolean shown = report.verdict() == MonitorReport.Verdict.WITHDRAW_SHOWN_BELOW_TARGET;
      assertEquals(lost || shown, report.withdrawn());
    }
  }

  @Test
  void theUpperBoundHoldsAtAllTimesAndSaysSomething() {
    int failed = 0;
    double narrowest = 1;
    for (int seed = 0; seed < 40; seed++) {
      Strata strata = Strata.of(RATES, List.of(), 8, seed);
      boolean[] wrong = ReplayPopulation.truth(RATES, 2_000, new Random(seed));
      boolean above = false;
      for (int draws = 100; draws <= 600; draws += 100) {
        AuditState state = run(strata, wrong, draws, seed);
        long found = state.outcomes().stream().filter(one -> one == Outcome.WRONG).count();
        double truth = 1 - (2_000 - found) / (20_000.0 - draws);
        double bound = AccuracyMonitor.accuracyAtMost(state, 0, 0.05);
        above |= bound < truth;
        narrowest = Math.min(narrowest, bound);
      }
      failed += above ? 1 : 0;
    }
    assertTrue(failed <= 5, failed + " of 40 fell below the truth");
    assertTrue(narrowest < 0.97, "says nothing: " + narrowest);
  }

  @Test
  void theStratumThatWentBadIsNamedFirst() {
    Strata strata = Strata.of(RATES, List.of(), 8, 5);
    boolean[] wrong = ReplayPopulation.truth(RATES, 700, new Random(5));
    int bad = 1;
    for (int item : AccuracyMonitor.reopened(start(strata, 5), strata, bad)) {
      wrong[item] = item % 4 == 0;
    }
    MonitorReport report = AccuracyMonitor.assess(run(strata, wrong, 800, 5), 0.04, 0.05);
    assertTrue(report.withdrawn());
    assertEquals(bad, report.doubtful().get(0).stratum());
    assertTrue(report.doubtful().size() < 8, "the others stand: " + report.doubtful());
  }

  @Test
  void errorsSpreadOverAllStrataReopenAllOfThem() {
    double[] rates = ReplayPopulation.typicalScores(551, 0.9);
    Strata strata = Strata.of(rates, List.of(), 10, 5);
    AuditState state = AuditState.start(AuditPlan.of(strata, 0.8, 0.01, 5));
    state = Audit.draw(state, strata, 0, 10);
    Map<Integer, Outcome> answers = new HashMap<>();
    for (Draw draw : state.draws()) {
      answers.put(draw.position(), draw.position() == 0 ? Outcome.RIGHT : Outcome.WRONG);
    }
    MonitorReport report = AccuracyMonitor.assess(state.with(answers), 0.07, 0.01);
    assertTrue(report.withdrawn());
    int reopened = 0;
    for (MonitorReport.DoubtfulStratum each : report.doubtful()) {
      reopened += AccuracyMonitor.reopened(state, strata, each.stratum()).length;
    }
    assertTrue(reopened > 350, "nine of ten were wrong, only so many are asked: " + reopened);
  }

  @Test
  void nothingDrawnKeepsTheCertificate() {
    Strata strata = Strata.of(RATES, List.of(), 8, 5);
    MonitorReport report = AccuracyMonitor.assess(start(strata, 5), 0.04, 0.05);
    assertFalse(report.withdrawn());
    assertEquals(1, report.accuracyAtMost(), 0);
    assertEquals(-Math.log(0.04), report.supportEvidence(), 1e-12);
    assertTrue(report.doubtful().isEmpty());
  }

  @Test
  void nothingAcceptedIsKept() {
    Strata none = Strata.of(new double[0], List.of(), 8, 5);
    assertFalse(AccuracyMonitor.assess(start(none, 5), 0.04, 0.05).withdrawn());
  }

  @Test
  void labelsNeverDrawnAreReopened() {
    Strata strata = Strata.of(RATES, List.of(), 8, 5);
    AuditState state = Audit.draw(start(strata, 5), strata, 0, 100);
    int open =
        IntStream.range(0, 8).map(b -> AccuracyMonitor.reopened(state, strata, b).length).sum();
    assertEquals(19_900, open);
  }

  private static MonitorReport monitored(boolean[] wrong, int draws, int seed) {
    Strata strata = Strata.of(RATES, List.of(), 8, seed);
    return AccuracyMonitor.assess(run(strata, wrong, draws, seed), 0.04, 0.05);
  }

  private static AuditState start(Strata strata, int seed) {
    return AuditState.start(AuditPlan.of(strata, 0.95, 0.005, seed));
  }

  private static AuditState run(Strata strata, boolean[] wrong, int draws, int seed) {
    AuditState state = start(strata, seed);
    while (state.draws().size() < draws) {
      state = Audit.draw(state, strata, 0, 100);
      Map<Integer, Outcome> answers = new HashMap<>();
      for (Draw draw : state.draws().subList(state.answeredPrefix(), state.draws().size())) {
        answers.put(draw.position(), wrong[draw.item()] ? Outcome.WRONG : Outcome.RIGHT);
      }
      state = state.with(answers);
    }
    return state;
  }
}
