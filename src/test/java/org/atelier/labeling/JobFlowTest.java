package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobFlowTest {

  private static List<String> warnings(int perItem, int most, int workers) {
    return JobFlow.warnings(
        new JobSettings.Answering(perItem, most, "majority", false, false, 600, 10), workers);
  }

  @Test
  void enoughPeopleNeedNoWarning() {
    assertEquals(List.of(), warnings(1, 3, 1));
    assertEquals(List.of(), warnings(2, 3, 3));
  }

  @Test
  void nineAnswersOfTwoPeopleAreSaidWithBothNumbers() {
    String warning = warnings(9, 9, 2).get(0);
    assertTrue(warning.contains("9 answers"), warning);
    assertTrue(warning.contains("2 people"), warning);
  }

  @Test
  void aDisagreementOfEverybodyIsSaidToBeSettled() {
    String warning = warnings(2, 3, 2).get(0);
    assertTrue(warning.contains("up to 3 answers"), warning);
    assertTrue(warning.contains("2 people"), warning);
  }

  @Test
  void aJobNobodyMayWorkOnSaysSo() {
    assertTrue(warnings(1, 1, 0).get(0).startsWith("Nobody may work"));
  }
}
