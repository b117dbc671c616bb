package org.atelier.labeling.consolidation;

import static org.atelier.labeling.consolidation.Answers.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every consolidation method promises. */
abstract class ConsolidationMethodContract {

  abstract ConsolidationMethod method();

  @Test
  void isFoundByItsName() {
    assertEquals(
        method().getClass(), ConsolidationMethods.named(method().name()).orElseThrow().getClass());
  }

  @Test
  void anItemWithoutAnswersHasNoLabel() {
    Consolidation outcome = method().consolidate(Answers.of(2, 1, 2, row(1, 0, 1)), null);
    assertArrayEquals(new int[] {-1, 1}, outcome.labels());
    assertArrayEquals(new double[] {0, 0}, outcome.confidences());
  }

  @Test
  void noAnswersAtAllGiveNoLabelsAndNoSkills() {
    Consolidation outcome = method().consolidate(Answers.of(2, 1, 3), null);
    assertArrayEquals(new int[] {-1, -1}, outcome.labels());
    assertEquals(new WorkerSkill(0, OptionalDouble.empty(), 0, 1), outcome.workers().get(0));
  }

  @Test
  void oneAnswerHasConfidenceZero() {
    Consolidation outcome = method().consolidate(Answers.of(1, 1, 2, row(0, 0, 1)), null);
    assertEquals(1, outcome.labels()[0]);
    assertEquals(0.0, outcome.confidences()[0]);
  }

  @Test
  void aTieGoesToTheLowestClassIndex() {
    Consolidation outcome =
        method().consolidate(Answers.of(1, 2, 3, row(0, 0, 2), row(0, 1, 1)), null);
    assertEquals(1, outcome.labels()[0]);
  }

  @Test
  void oneClassIsAlwaysRight() {
    Consolidation outcome =
        method().consolidate(Answers.of(1, 2, 1, row(0, 0, 0), row(0, 1, 0)), null);
    assertEquals(0, outcome.labels()[0]);
    assertEquals(1.0, outcome.confidences()[0]);
  }

  @Test
  void unanimousAnswersAreKept() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      int[] truth = random.ints(20, 0, 4).toArray();
      List<int[]> rows = new ArrayList<>();
      for (int i = 0; i < truth.length; i++) {
        for (int w = 0; w < 3; w++) {
          rows.add(row(i, w, truth[i]));
        }
      }
      AnswerSet answers = Answers.of(20, 3, 4, rows.toArray(new int[0][]));
      assertArrayEquals(truth, method().consolidate(answers, null).labels());
    }
  }

  @Test
  void theOrderOfAnswersDoesNotMatterAndEveryNumberIsInItsRange() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<int[]> rows = random(random);
      Consolidation one =
          method().consolidate(Answers.of(30, 6, 5, rows.toArray(new int[0][])), null);
      Collections.shuffle(rows, random);
      Consolidation other =
          method().consolidate(Answers.of(30, 6, 5, rows.toArray(new int[0][])), null);
      assertArrayEquals(one.labels(), other.labels());
      assertArrayEquals(one.confidences(), other.confidences(), 0.011);
      for (double confidence : one.confidences()) {
        assertTrue(confidence >= 0 && confidence <= 1);
        assertEquals(confidence, Math.rint(confidence * 100) / 100);
      }
      for (WorkerSkill skill : one.workers()) {
        double accuracy = skill.accuracy().orElse(0.5);
        assertTrue(skill.lower() <= accuracy && accuracy <= skill.upper(), skill.toString());
      }
    }
  }

  @Test
  void skillsAreLearnedFromFairItemsOnly() {
    AnswerSet answers =
        Answers.of(2, 3, 2, row(0, 0, 1), row(0, 1, 1), row(1, 0, 0), row(1, 2, 0), row(1, 1, 1));
    BitSet fair = new BitSet();
    fair.set(0);
    List<WorkerSkill> skills = method().consolidate(answers, fair).workers();
    assertEquals(2, skills.get(0).answers());
    assertTrue(skills.get(0).accuracy().isPresent());
    assertTrue(skills.get(2).accuracy().isEmpty());
  }

  private static List<int[]> random(RandomGenerator random) {
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int truth = random.nextInt(5);
      for (int w = 0; w < 6; w++) {
        if (random.nextInt(3) > 0) {
          rows.add(row(i, w, random.nextInt(10) < 7 ? truth : random.nextInt(5)));
        }
      }
    }
    return rows;
  }
}
