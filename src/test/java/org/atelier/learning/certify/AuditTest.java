package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.atelier.learning.certify.AuditReport.CandidateSet;
import org.atelier.learning.certify.AuditReport.Decision;
import org.junit.jupiter.api.Test;

class AuditTest {

  @Test
  void noCandidatesAreCertifiedWithNothingToAccept() {
    Strata none = Strata.of(new double[0], List.of(), Strata.TYPICAL, 1);
    AuditState state = AuditState.start(AuditPlan.of(none, 0.95, 0.04, 1));
    assertEquals(Decision.CERTIFIED, Audit.evaluate(state).decision());
    assertTrue(Audit.evaluate(state).sets().isEmpty());
  }

  @Test
  void fullCensusIsCertifiedExactlyWithNothingRemaining() {
    for (int n = 1; n <= 30; n++) {
      double[] scores = constant(n, 0.3);
      AuditState state = drawnAndAnswered(scores, 1.0, n, i -> Outcome.WRONG);
      CandidateSet set = Audit.evaluate(state).sets().get(0);
      assertEquals(n, set.drawn());
      assertEquals(0, set.remaining());
      assertTrue(set.certified());
      assertEquals(1.0, set.accuracyAtLeast(), 0);
    }
  }

  @Test
  void tinyPopulationAllRightIsNotCertifiedBeforeTheEvidenceIsThere() {
    // target 1: a single wrong label among 20 is still unseen with probability 1/2 after 10 draws
    AuditState state = drawnAndAnswered(constant(20, 0.01), 1.0, 10, i -> Outcome.RIGHT);
    assertFalse(Audit.evaluate(state).sets().get(0).certified());
  }

  @Test
  void targetOneNeedsAllButTheRiskShareOfTheItems() {
    // with one wrong label in n the chance to miss it in t draws is 1 - t / n: t >= 0.9 n at c 0.1
    AuditState state = drawnAndAnswered(constant(100, 0.01), 1.0, 89, i -> Outcome.RIGHT);
    Strata.of(constant(100, 0.01), List.of(), 4, 7);
    AuditReport report = Audit.evaluate(state);
    assertFalse(report.sets().get(0).certified());
  }

  @Test
  void allRightIsCertifiedAfterAboutLogRiskOverLogTargetDraws() {
    // ln(0.04) / ln(0.95) = 62.8
    AuditState state = drawnAndAnswered(constant(50_000, 0.01), 0.95, 150, i -> Outcome.RIGHT);
    AuditReport report = Audit.evaluate(state);
    assertEquals(Decision.CERTIFIED, report.decision());
    assertTrue(report.sets().get(0).accuracyAtLeast() >= 0.95);
    AuditState few = drawnAndAnswered(constant(50_000, 0.01), 0.95, 60, i -> Outcome.RIGHT);
    assertFalse(Audit.evaluate(few).sets().get(0).certified());
  }

  @Test
  void drawsAreTheSameForTheSameSeedAndNeverRepeat() {
    double[] scores = spread(3_000);
    AuditState one = drawnAndAnswered(scores, 0.95, 500, i -> Outcome.RIGHT);
    AuditState two = drawnAndAnswered(scores, 0.95, 500, i -> Outcome.RIGHT);
    assertEquals(one, two);
    Set<Integer> items = new HashSet<>();
    one.draws().forEach(draw -> assertTrue(items.add(draw.item())));
    assertEquals(500, items.size());
  }

  @Test
  void onlyTheAnsweredPrefixIsEvidence() {
    Strata strata = Strata.of(constant(1_000, 0.01), List.of(), 4, 7);
    AuditState state = AuditState.start(AuditPlan.of(strata, 0.9, 0.04, 7));
    state = Audit.draw(state, strata, 0, 100);
    Map<Integer, Outcome> answers = new HashMap<>();
    for (int t = 1; t < 100; t++) {
      answers.put(t, Outcome.RIGHT);
    }
    state = state.with(answers);
    assertEquals(0, Audit.evaluate(state).answered());
    assertFalse(Audit.evaluate(state).sets().get(0).certified());
    state = state.with(Map.of(0, Outcome.LOST));
    assertEquals(100, Audit.evaluate(state).answered());
    assertEquals(1, Audit.evaluate(state).sets().get(0).lost());
  }

  @Test
  void answersInBatchesOfAnyOrderGiveTheSameReport() {
    Strata strata = Strata.of(spread(3_000), List.of(), 8, 3);
    AuditState drawn =
        Audit.draw(AuditState.start(AuditPlan.of(strata, 0.9, 0.04, 3)), strata, 0, 200);
    AuditState forward = drawn;
    AuditState backward = drawn;
    for (int t = 0; t < 200; t++) {
      forward = forward.with(Map.of(t, t % 9 == 0 ? Outcome.WRONG : Outcome.RIGHT));
      int u = 199 - t;
      backward = backward.with(Map.of(u, u % 9 == 0 ? Outcome.WRONG : Outcome.RIGHT));
    }
    assertEquals(Audit.evaluate(forward), Audit.evaluate(backward));
  }

  @Test
  void contradictingAnswerIsRefused() {
    AuditState state = drawnAndAnswered(constant(50, 0.1), 0.9, 5, i -> Outcome.RIGHT);
    assertThrows(IllegalArgumentException.class, () -> state.with(Map.of(2, Outcome.WRONG)));
    assertThrows(IllegalArgumentException.class, () -> state.with(Map.of(5, Outcome.RIGHT)));
    assertEquals(state, state.with(Map.of(2, Outcome.RIGHT)));
  }

  @Test
  void badCandidatesAreHopeless() {
    double[] scores = constant(20_000, 0.02);
    Random random = new Random(4);
    boolean[] wrong = new boolean[20_000];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = random.nextInt(10) < 2;
    }
    AuditState state =
        drawnAndAnswered(scores, 0.95, 400, i -> wrong[i] ? Outcome.WRONG : Outcome.RIGHT);
    assertEquals(Decision.HOPELESS, Audit.evaluate(state).decision());
  }

  @Test
  void labelsThatLeaveUndrawnLeaveTheirErrorsBehind() {
    AuditState state = drawnAndAnswered(constant(1_000, 0.01), 0.95, 200, i -> Outcome.RIGHT);
    CandidateSet all = Audit.evaluate(state).sets().get(0);
    assertTrue(all.certified());
    long errors = Math.round((1 - all.accuracyAtLeast()) * 800);
    CandidateSet fewer = Audit.evaluate(state, Audit.Allowance.NONE, new int[] {300}).sets().get(0);
    assertEquals(500, fewer.remaining());
    assertEquals(1 - errors / 500.0, fewer.accuracyAtLeast(), 1e-12);
    // at most 5 % of so few may be wrong: the same errors are too many once enough have left
    int most = (int) (800 - errors / 0.05) + 1;
    assertFalse(
        Audit.evaluate(state, Audit.Allowance.NONE, new int[] {most}).sets().get(0).certified());
  }

  @Test
  void halfOfTheDrawsMadeAheadAreSpreadOverTheLargerSet() {
    double[] scores = constant(2_000, 0.01);
    Strata strata = Strata.of(scores, List.of(1_000, 2_000), 4, 7);
    AuditPlan plan = AuditPlan.nested(strata, List.of(1_000, 2_000), List.of(0.02, 0.02), 0.95, 7);
    AuditState state = Audit.draw(AuditState.start(plan), strata, 0, 1, 10);
    List<Double> weights = state.batches().get(0).weights();
    // equal scores: a half in the small set, the other half even, of which a half is in it as well
    double small = 0;
    double all = 0;
    for (int b = 0; b < weights.size(); b++) {
      double mass = plan.sizes().get(b) * weights.get(b);
      all += mass;
      small += b < plan.rungs().get(0).strata() ? mass : 0;
    }
    assertEquals(0.75, small / all, 1e-9);
  }

  @Test
  void whatWasDrawnBeforeComesBehindAndIsNotDrawnAgain() {
    Strata strata = Strata.of(constant(60, 0.1), List.of(), 4, 7);
    AuditState first =
        Audit.draw(AuditState.start(AuditPlan.of(strata, 0.9, 0.04, 7)), strata, 0, 5);
    int known = first.draws().get(2).item();
    List<Integer> early = new ArrayList<>(List.of(known));
    IntStream.range(0, 60).filter(i -> i % 3 == 0 && i != known).forEach(early::add);
    AuditState both = Audit.drawnBefore(first, strata, early, constant(60, 1));
    Set<Integer> before = new HashSet<>();
    first.draws().forEach(draw -> before.add(draw.item()));
    List<Integer> expected = early.stream().filter(i -> !before.contains(i)).toList();
    assertEquals(
        expected, both.draws().stream().skip(5).map(Draw::item).toList(), "in their own order");
    assertEquals(2, both.batches().size());
    assertEquals(1, both.batches().get(1).weights().stream().distinct().count(), "all alike");
    AuditState all = Audit.draw(both, strata, 0, 100);
    assertEquals(60, all.draws().size());
    assertEquals(60, all.draws().stream().map(Draw::item).distinct().count(), "nothing twice");
    for (Draw draw : all.draws()) {
      assertTrue(
          IntStream.range(0, strata.sizes().get(draw.stratum()))
              .anyMatch(rank -> strata.item(draw.stratum(), rank) == draw.item()),
          "in its own stratum");
    }
    assertSame(both, Audit.drawnBefore(both, strata, early, constant(60, 1)), "once");
    Strata other = Strata.of(constant(60, 0.1), List.of(), 4, 8);
    assertThrows(
        IllegalArgumentException.class,
        () -> Audit.drawnBefore(first, other, early, constant(60, 1)));
  }

  @Test
  void candidatesOfDifferentChancesShareNoStratum() {
    byte[] kinds = new byte[60];
    double[] chances = new double[60];
    for (int i = 0; i < 60; i++) {
      kinds[i] = (byte) (i % 3);
      chances[i] = EarlyDesign.chance(kinds[i]);
    }
    Strata strata = Strata.of(constant(60, 0.1), List.of(), 4, kinds, 7);
    assertEquals(12, strata.count());
    AuditState start = AuditState.start(AuditPlan.of(strata, 0.9, 0.04, 7));
    AuditState drawn = Audit.drawnBefore(start, strata, List.of(5, 3, 1), chances);
    int[] stratumOf = strata.stratumOfItems();
    for (int i = 0; i < 60; i++) {
      assertEquals(chances[i], drawn.batches().get(0).weights().get(stratumOf[i]));
    }
    Strata mixed = Strata.of(constant(60, 0.1), List.of(), 4, 7);
    AuditState other = AuditState.start(AuditPlan.of(mixed, 0.9, 0.04, 7));
    assertThrows(
        IllegalArgumentException.class, () -> Audit.drawnBefore(other, mixed, List.of(5), chances));
    byte[] negative = {-1};
    assertThrows(
        IllegalArgumentException.class,
        () -> Strata.of(constant(1, 0.1), List.of(), 1, negative, 7));
  }

  @Test
  void otherCandidatesThanPlannedAreRefused() {
    Strata planned = Strata.of(constant(50, 0.1), List.of(), 4, 7);
    Strata other = Strata.of(constant(50, 0.1), List.of(), 4, 8);
    AuditState state = AuditState.start(AuditPlan.of(planned, 0.9, 0.04, 7));
    assertThrows(IllegalArgumentException.class, () -> Audit.draw(state, other, 0, 5));
  }

  @Test
  void drawsMadeAheadMayFallOutsideASmallerSet() {
    // ten items of chance 1 and ten of chance 3: a quarter of such draws falls into the first ten
    assertEquals(0.5 + 0.5 / 4, Audit.hitShare(new double[] {1, 3}, new int[] {10, 10}, 1), 1e-12);
    assertEquals(1, Audit.hitShare(new double[] {1, 3}, new int[] {10, 10}, 2), 1e-12);
    assertEquals(1, Audit.hitShare(new double[] {1, 3}, new int[] {0, 0}, 1), 0);
  }

  private static AuditState drawnAndAnswered(
      double[] scores, double target, int count, java.util.function.IntFunction<Outcome> answer) {
    Strata strata = Strata.of(scores, List.of(), Strata.TYPICAL, 7);
    AuditState state = AuditState.start(AuditPlan.of(strata, target, 0.04, 7));
    while (state.draws().size() < count) {
      state = Audit.draw(state, strata, 0, Math.min(50, count - state.draws().size()));
      Map<Integer, Outcome> answers = new HashMap<>();
      for (Draw draw : state.draws().subList(state.answeredPrefix(), state.draws().size())) {
        answers.put(draw.position(), answer.apply(draw.item()));
      }
      state = state.with(answers);
    }
    return state;
  }

  static double[] constant(int n, double score) {
    double[] scores = new double[n];
    java.util.Arrays.fill(scores, score);
    return scores;
  }

  static double[] spread(int n) {
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = 0.001 + 0.3 * Math.pow((i + 0.5) / n, 4);
    }
    return scores;
  }
}
