package org.atelier.home.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.TaskType;
import org.junit.jupiter.api.Test;

class SimulatedAnswersTest {
  private static final Map<String, Integer> CLASSES = Map.of("Coat", 0, "Dress", 1, "Shirt", 2);
  private static final int[] ALL = {0, 1, 2};

  @Test
  void withoutErrorsTheKnownLabelIsSaid() {
    SimulatedAnswers answers = new SimulatedAnswers(CLASSES, ALL, TaskType.SINGLE, 0, 1);
    for (int i = 0; i < 50; i++) {
      int[] said = answers.answer(id(1), id(i), List.of("Dress")).orElseThrow();
      assertArrayEquals(new int[] {1}, said);
    }
  }

  @Test
  void aTenthOfTheAnswersIsWrongAtTenPercent() {
    SimulatedAnswers answers = new SimulatedAnswers(CLASSES, ALL, TaskType.SINGLE, 0.1, 1);
    int[] counts = new int[3];
    for (int i = 0; i < 10_000; i++) {
      counts[answers.answer(id(1), id(i), List.of("Dress")).orElseThrow()[0]]++;
    }
    assertEquals(9_000, counts[1], 120);
    assertEquals(500, counts[0], 90);
    assertEquals(500, counts[2], 90);
  }

  @Test
  void twoPeopleErrIndependently() {
    SimulatedAnswers answers = new SimulatedAnswers(CLASSES, ALL, TaskType.SINGLE, 0.2, 1);
    int both = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean one = answers.answer(id(1), id(i), List.of("Coat")).orElseThrow()[0] != 0;
      boolean other = answers.answer(id(2), id(i), List.of("Coat")).orElseThrow()[0] != 0;
      both += one && other ? 1 : 0;
    }
    assertEquals(400, both, 80);
  }

  @Test
  void thePersonSaysTheSameAgain() {
    SimulatedAnswers answers = new SimulatedAnswers(CLASSES, ALL, TaskType.SINGLE, 0.5, 7);
    for (int i = 0; i < 50; i++) {
      assertArrayEquals(
          answers.answer(id(3), id(i), List.of("Coat")).orElseThrow(),
          answers.answer(id(3), id(i), List.of("Coat")).orElseThrow());
    }
  }

  @Test
  void anErrorInSeveralLabelsForgetsOrAddsOne() {
    SimulatedAnswers answers = new SimulatedAnswers(CLASSES, ALL, TaskType.MULTI, 1, 1);
    for (int i = 0; i < 50; i++) {
      int size = answers.answer(id(1), id(i), List.of("Coat", "Shirt")).orElseThrow().length;
      assertTrue(size == 1 || size == 3);
    }
  }

  @Test
  void nothingIsSaidWithoutKnownLabel() {
    SimulatedAnswers answers = new SimulatedAnswers(CLASSES, ALL, TaskType.SINGLE, 0, 1);
    assertTrue(answers.answer(id(1), id(1), null).isEmpty());
    assertTrue(answers.answer(id(1), id(1), List.of()).isEmpty());
    assertTrue(answers.answer(id(1), id(1), List.of("Hat")).isEmpty());
    assertTrue(answers.answer(id(1), id(1), List.of("Coat", "Dress")).isEmpty());
  }

  private static UUID id(int number) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number * 7919L);
  }
}
