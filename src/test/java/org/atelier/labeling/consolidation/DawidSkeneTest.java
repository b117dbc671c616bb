package org.atelier.labeling.consolidation;

import static org.atelier.labeling.consolidation.Answers.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DawidSkeneTest extends ConsolidationMethodContract {

  /**
   * Six items, four workers, three classes. The expected posteriors were computed independently
   * from the written rule.
   */
  private static final AnswerSet FIXTURE =
      Answers.of(
          6,
          4,
          3,
          row(0, 0, 0),
          row(0, 1, 0),
          row(0, 2, 1),
          row(1, 0, 1),
          row(1, 1, 1),
          row(1, 3, 1),
          row(2, 0, 2),
          row(2, 2, 2),
          row(2, 3, 0),
          row(3, 1, 0),
          row(3, 2, 1),
          row(3, 3, 0),
          row(4, 0, 1),
          row(4, 2, 2),
          row(5, 3, 2));

  @Override
  ConsolidationMethod method() {
    return new DawidSkene();
  }

  /** One epoch, by hand: 0.7·0.7·0.15 : 0.15·0.15·0.7 : 0.15·0.15·0.15 = 0.0735 : 0.01575 : … */
  @Test
  void firstEpochWeighsAnswersBySevenTenths() {
    Consolidation outcome = new DawidSkene(1).consolidate(FIXTURE, null);
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, outcome.labels());
    assertArrayEquals(new double[] {0.79, 0.98, 0.79, 0.79, 0.45, 0}, outcome.confidences());
  }

  @Test
  void secondEpochUsesSmoothedConfusions() {
    Consolidation outcome = new DawidSkene(2).consolidate(FIXTURE, null);
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, outcome.labels());
    assertArrayEquals(new double[] {0.96, 0.99, 0.79, 0.94, 0.63, 0}, outcome.confidences());
  }

  @Test
  void twentyEpochsFollowTheWorkersWhoAgree() {
    Consolidation outcome = new DawidSkene().consolidate(FIXTURE, null);
    assertArrayEquals(new int[] {0, 1, 0, 0, 1, 0}, outcome.labels());
    assertArrayEquals(new double[] {1.0, 1.0, 0.93, 1.0, 0.77, 0}, outcome.confidences());
  }

  @Test
  void otherItemsGetWhatTheFairOnesTaught() {
    BitSet fair = new BitSet();
    fair.set(0, 3);
    Consolidation outcome = new DawidSkene().consolidate(FIXTURE, fair);
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, outcome.labels());
    assertArrayEquals(new double[] {1.0, 1.0, 0.98, 0.98, 0.87, 0}, outcome.confidences());
  }

  @Test
  void learnsToTrustTheBetterWorkers() {
    Random random = new Random(3);
    int items = 400;
    int[] truth = random.ints(items, 0, 3).toArray();
    double[] skill = {0.95, 0.9, 0.45, 0.4, 0.4};
    int[][] rows = new int[items * skill.length][];
    for (int i = 0, a = 0; i < items; i++) {
      for (int w = 0; w < skill.length; w++, a++) {
        boolean right = random.nextDouble() < skill[w];
        rows[a] = row(i, w, right ? truth[i] : (truth[i] + 1 + random.nextInt(2)) % 3);
      }
    }
    AnswerSet answers = Answers.of(items, skill.length, 3, rows);
    Consolidation outcome = method().consolidate(answers, null);
    int right = agreement(truth, outcome.labels());
    assertTrue(right > agreement(truth, new MajorityVote().consolidate(answers, null).labels()));
    assertTrue(right > 0.93 * items, "right " + right);
    for (int w = 0; w < skill.length; w++) {
      assertEquals(skill[w], outcome.workers().get(w).accuracy().orElseThrow(), 0.06);
    }
  }

  private static int agreement(int[] one, int[] other) {
    int equal = 0;
    for (int i = 0; i < one.length; i++) {
      equal += one[i] == other[i] ? 1 : 0;
    }
    return equal;
  }

  @Test
  void tablesThatWouldTakeTheWholeMemoryAreRefusedInWords() {
    AnswerSet answers =
        AnswerSet.of(1, 256, 1_000, new int[] {0, 0}, new int[] {0, 255}, new int[] {1, 999});
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new DawidSkene().consolidate(answers, new BitSet()));
    assertTrue(refused.getMessage().contains("Consolidate by majority"), refused.getMessage());
  }
}
