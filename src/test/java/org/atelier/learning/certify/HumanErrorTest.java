package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HumanErrorTest {

  private static final double SHARE = 0.2;
  private static final double RISK = 0.05;
  private static final int REPLAYS = 4_000;

  @Test
  void whereEveryLabelIsCheckedNothingIsLeftToChance() {
    HumanError error = HumanError.fromRepeats(3, 100, 100, 1, 0, RISK);
    assertEquals(0.03, error.upper(), 1e-12);
    assertEquals(0.03, error.lower(), 1e-12);
    assertEquals(0.97, error.agreement(), 1e-12);
  }

  @Test
  void whatNobodyChecksCountsAsContested() {
    // 3 contested of 100, and 25 more labels that nobody looks at
    assertEquals(28 / 125.0, HumanError.fromRepeats(3, 100, 100, 1, 25, RISK).upper(), 1e-12);
    assertEquals(3 / 125.0, HumanError.fromRepeats(3, 100, 100, 1, 25, RISK).lower(), 1e-12);
  }

  @Test
  void aMissingSecondAnswerIsDoubtedAboveAndNotHeldAgainstPeopleBelow() {
    // of 100 chosen labels 3 differ and 7 wait: at most 10 are contested, at least 3
    HumanError error = HumanError.fromRepeats(3, 7, 100, 100, 1, 0, RISK);
    assertEquals(10 / 100.0, error.upper(), 1e-12);
    assertEquals(3 / 100.0, error.lower(), 1e-12);
    assertEquals(93, error.checked());
    assertEquals(90 / 93.0, error.agreement(), 1e-12);
    assertEquals(
        0, HumanError.fromRepeats(0, 120, 120, 600, SHARE, 0, RISK).lower(), "nobody disagreed");
  }

  @Test
  void withoutLabelsNothingIsKnown() {
    HumanError error = HumanError.fromRepeats(0, 0, 0, SHARE, 0, RISK);
    assertEquals(1, error.upper(), 0);
    assertEquals(0, error.lower(), 0);
  }

  @Test
  void moreChecksOfTheSameRateSayMore() {
    double few = HumanError.fromRepeats(2, 100, 500, SHARE, 0, RISK).upper();
    double many = HumanError.fromRepeats(20, 1_000, 5_000, SHARE, 0, RISK).upper();
    assertTrue(many < few, many + " and " + few);
    assertTrue(many > 0.02 && many < 0.05, "2 % were found: " + many);
    assertTrue(HumanError.fromRepeats(20, 1_000, 5_000, SHARE, 0, RISK).lower() > 0.008);
  }

  @Test
  void theBoundsHoldWhateverTheNumberOfLooks() {
    int high = 0;
    int low = 0;
    for (int seed = 0; seed < REPLAYS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean above = false;
      boolean below = false;
      int found = 0;
      for (int contested = 1; contested <= 150; contested++) {
        found += random.nextDouble() < SHARE ? 1 : 0;
        HumanError error = HumanError.fromRepeats(found, found, 10_000, SHARE, 0, RISK);
        above |= contested > Math.round(error.upper() * 10_000);
        below |= contested < Math.round(error.lower() * 10_000);
      }
      high += above ? 1 : 0;
      low += below ? 1 : 0;
    }
    double chance = 2 * Math.sqrt(RISK * (1 - RISK) / REPLAYS);
    assertTrue(high <= (RISK + chance) * REPLAYS, high + " upper bounds failed");
    assertTrue(low <= (RISK + chance) * REPLAYS, low + " lower bounds failed");
    assertTrue(high > REPLAYS / 200, "the bound is not idle: " + high);
  }

  @Test
  void aBoundForOneLookWouldFailMoreOftenThanItSays() {
    int failed = 0;
    for (int seed = 0; seed < REPLAYS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean above = false;
      int found = 0;
      int checked = 0;
      for (int label = 1; label <= 1_500; label++) {
        if (random.nextDouble() < SHARE) {
          checked++;
          found += random.nextDouble() < 0.1 ? 1 : 0;
          above |= checked % 20 == 0 && ExactBinomial.upper(found, checked, RISK) < 0.1;
        }
      }
      failed += above ? 1 : 0;
    }
    assertTrue(failed > 1.5 * RISK * REPLAYS, failed + " of " + REPLAYS);
  }

  @Test
  void impossibleCountsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> HumanError.fromRepeats(3, 2, 10, SHARE, 0, RISK));
    assertThrows(
        IllegalArgumentException.class, () -> HumanError.fromRepeats(0, 2, 10, 0, 0, RISK));
  }
}
