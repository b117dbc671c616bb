package org.atelier.home.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.TaskType;
import org.atelier.platform.ProblemException;
import org.junit.jupiter.api.Test;

class ConfusionsTest {

  private static final List<String> CLASSES = List.of("Coat", "Dress", "Shirt");

  @Test
  void whatTheLinesLeaveGoesToTheRightAnswer() {
    double[][] chances =
        Confusions.read("true,answered,probability\nCoat, Shirt, 0.25\n\nCoat,Dress,0.25", CLASSES);
    assertArrayEquals(new double[] {0.5, 0.25, 0.25}, chances[0], 1e-12);
    assertArrayEquals(new double[] {0, 1, 0}, chances[1], 1e-12);
    assertNull(Confusions.read(" ", CLASSES));
  }

  @Test
  void aWrongLineIsNamed() {
    assertEquals("Line 2: the job has no label “Hat”.", refused("Coat,Shirt,0.1\nHat,Coat,0.1"));
    assertEquals("Line 1 is not written as true,answered,probability.", refused("Coat;Shirt;1"));
    assertEquals("Line 1: “much” is not a number.", refused("Coat,Shirt,much"));
    assertEquals("Line 1: the probability lies between 0 and 1.", refused("Coat,Shirt,1.5"));
    assertEquals(
        "The confusions of Coat sum to more than 1.", refused("Coat,Shirt,0.6\nCoat,Dress,0.6"));
  }

  private static String refused(String text) {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> Confusions.read(text, CLASSES));
    assertEquals("confusion", refusal.members().get("field"));
    return refusal.getMessage();
  }

  @Test
  void peopleConfuseOnlyWhatTheTableSays() {
    SimulatedAnswers answers =
        new SimulatedAnswers(
            Map.of("Coat", 0, "Dress", 1, "Shirt", 2),
            new int[] {0, 1, 2},
            TaskType.SINGLE,
            0.5,
            Confusions.read("Coat,Shirt,0.2", CLASSES),
            1);
    int[] coats = new int[3];
    for (int i = 0; i < 10_000; i++) {
      coats[answers.answer(id(1), id(i), List.of("Coat")).orElseThrow()[0]]++;
      assertEquals(1, answers.answer(id(1), id(i), List.of("Dress")).orElseThrow()[0]);
    }
    assertEquals(8_000, coats[0], 160);
    assertEquals(0, coats[1]);
    assertTrue(coats[2] > 1_800);
  }

  private static UUID id(int number) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number * 7919L);
  }
}
