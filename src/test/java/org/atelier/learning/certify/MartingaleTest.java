package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Enumerates every course of tiny audits: the evidence at the truth is worth exactly one. */
class MartingaleTest {
  private static final double[] WEIGHTS = {1, 2.5, 4};
  private static final double[] OTHER_WEIGHTS = {3, 0.7, 1};

  @Test
  void evidenceForTheTargetIsWorthOneAtTheTruth() {
    for (int[] wrong : new int[][] {{0, 1, 1}, {1, 0, 2}, {0, 0, 0}, {2, 2, 3}}) {
      int truth = wrong[0] + wrong[1] + wrong[2];
      for (double target : new double[] {0.5, 0.8}) {
        double mean = expected(wrong, 4, new Course(), target, truth);
        assertEquals(1, mean, 1e-9, "truth " + truth + " target " + target);
      }
    }
  }

  @Test
  void evidenceOfLargePopulationsWithBetsKeptForSomeDrawsIsWorthOneToo() {
    int[] wrong = {20, 60, 150};
    double mean = expected(wrong, 5, new Course(), 0.95, 230);
    assertEquals(1, mean, 1e-9);
  }

  @Test
  void evidenceAgainstIsWorthOneAtTheTruth() {
    int[] wrong = {0, 1, 1};
    assertEquals(1, opposed(wrong, 4, new Course(), 2), 1e-9);
  }

  @Test
  void evidenceNeverFallsBelowZeroAndGrowsWithTheTotal() {
    RungEvidence evidence =
        replay(new int[] {3, 3, 3}, List.of(2, 2, 1, 0), List.of(true, true, false, true), 0.8);
    double before = -1;
    for (int m = 3; m <= 9; m++) {
      double now = Math.exp(evidence.logEvidence(m));
      assertTrue(now >= before);
      before = now;
    }
  }

  /** A course of draws: strata and whether each was wrong. */
  private record Course(List<Integer> strata, List<Boolean> wrong) {
    Course() {
      this(List.of(), List.of());
    }

    Course and(int stratum, boolean error) {
      List<Integer> s = new java.util.ArrayList<>(strata);
      List<Boolean> w = new java.util.ArrayList<>(wrong);
      s.add(stratum);
      w.add(error);
      return new Course(s, w);
    }
  }

  private interface Value {
    double of(Course course);
  }

  private static double expected(int[] wrong, int draws, Course course, double target, int truth) {
    return mean(
        wrong,
        draws,
        course,
        end ->
            Math.exp(replay(sizes(wrong), end.strata(), end.wrong(), target).logEvidence(truth)));
  }

  private static double opposed(int[] wrong, int draws, Course course, int truth) {
    return mean(
        wrong,
        draws,
        course,
        end -> {
          Opposition against = new Opposition(9, 0.3, 3);
          int[] left = {3, 3, 3};
          double[] rates = {0.05, 0.1, 0.3};
          for (int t = 0; t < end.strata().size(); t++) {
            int b = end.strata().get(t);
            against.step(b, end.wrong().get(t), weights(t), left, rates);
            left[b]--;
          }
          return Math.exp(against.logEvidence(truth));
        });
  }

  private static double mean(int[] wrong, int draws, Course course, Value value) {
    if (draws == 0) {
      return value.of(course);
    }
    int[] left = sizes(wrong);
    int[] errors = wrong.clone();
    for (int t = 0; t < course.strata().size(); t++) {
      left[course.strata().get(t)]--;
      errors[course.strata().get(t)] -= course.wrong().get(t) ? 1 : 0;
    }
    double[] weights = weights(course.strata().size());
    double all = 0;
    for (int b = 0; b < 3; b++) {
      all += left[b] * weights[b];
    }
    double sum = 0;
    for (int b = 0; b < 3; b++) {
      double chance = weights[b] / all;
      if (errors[b] > 0) {
        sum += chance * errors[b] * mean(wrong, draws - 1, course.and(b, true), value);
      }
      int right = left[b] - errors[b];
      if (right > 0) {
        sum += chance * right * mean(wrong, draws - 1, course.and(b, false), value);
      }
    }
    return sum;
  }

  private static int[] sizes(int[] wrong) {
    return wrong[2] > 3 ? new int[] {3_000, 1_000, 600} : new int[] {3, 3, 3};
  }

  private static double[] weights(int position) {
    return position < 2 ? WEIGHTS : OTHER_WEIGHTS;
  }

  private static RungEvidence replay(
      int[] sizes, List<Integer> strata, List<Boolean> wrong, double target) {
    AuditPlan plan =
        new AuditPlan(
            target,
            1,
            List.of(sizes[0], sizes[1], sizes[2]),
            List.of(0.05, 0.1, 0.3),
            List.of(new AuditPlan.Rung(3, 0.1)),
            "");
    RungEvidence[] sets = {new RungEvidence(sizes[0] + sizes[1] + sizes[2], 3, target, 0.1, 0)};
    Ledger ledger = new Ledger(plan, sets);
    for (int t = 0; t < strata.size(); t++) {
      Outcome outcome = wrong.get(t) ? Outcome.WRONG : Outcome.RIGHT;
      ledger.step(strata.get(t), outcome, weights(t));
    }
    return sets[0];
  }
}
