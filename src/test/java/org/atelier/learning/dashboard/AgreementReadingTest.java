package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atelier.labeling.PeopleAgreement.Found;
import org.junit.jupiter.api.Test;

class AgreementReadingTest {

  @Test
  void twoItemsCarryNoVerdict() {
    String meaning = AgreementReading.meaning(found(2, 2, 1.0, null));
    assertTrue(meaning.endsWith("No answers differ yet, so there is no interval and no verdict."));
    assertFalse(meaning.contains("reliable"));
  }

  @Test
  void theLowerEndOfTheIntervalDecides() {
    assertTrue(meaning(0.85, 0.80).endsWith("are taken for reliable."));
    assertTrue(meaning(0.85, 0.79).contains("tentative conclusions only"));
    assertTrue(meaning(0.85, 0.66).contains("they are not taken for reliable"));
  }

  private static String meaning(double alpha, double from) {
    return AgreementReading.meaning(found(400, 380, alpha, from));
  }

  private static Found found(int items, int alike, double alpha, Double from) {
    Double to = from == null ? null : 0.9;
    return new Found(items, 2 * items, alike, 0.9, 0.97, alpha, from, to, 0.3, false);
  }
}
