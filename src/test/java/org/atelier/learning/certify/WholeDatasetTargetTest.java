package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WholeDatasetTargetTest {

  @Test
  void goodHumanLabelsLowerWhatTheMachineNeeds() {
    // 0.95 x 1000 = 950 right wanted; 200 human at 99 % give 198; 752 of 800 = 0.94
    HumanError human = new HumanError(0, 1_000, 0.01, 0, 0.01);
    WholeDatasetTarget.Required required =
        assertInstanceOf(
            WholeDatasetTarget.Required.class, WholeDatasetTarget.of(0.95, human, 200, 800));
    assertEquals(0.94, required.accuracy(), 1e-12);
  }

  @Test
  void itemsThatMoveToPeopleLowerTheNeed() {
    HumanError human = new HumanError(0, 1_000, 0.03, 0, 0.01);
    double before = 1;
    for (int moved = 0; moved <= 500; moved += 50) {
      WholeDatasetTarget.Required required =
          (WholeDatasetTarget.Required)
              WholeDatasetTarget.of(0.95, human, 200 + moved, 800 - moved);
      assertEquals(true, required.accuracy() <= before);
      before = required.accuracy();
    }
  }

  @Test
  void targetAboveWhatPeopleAgreeOnIsRefusedWithTheNumbers() {
    HumanError human = HumanError.fromRepeats(100, 1_000, 1_000, 1, 0, 0.01);
    WholeDatasetTarget.Refused refused =
        assertInstanceOf(
            WholeDatasetTarget.Refused.class, WholeDatasetTarget.of(0.95, human, 200, 800));
    assertEquals(WholeDatasetTarget.Reason.TARGET_ABOVE_AGREEMENT, refused.reason());
    assertEquals(0.9, refused.agreement(), 1e-12);
    assertEquals(1_000, refused.checked());
  }

  @Test
  void tooFewRepeatsAreNamedAsSuch() {
    HumanError human = HumanError.fromRepeats(0, 50, 250, 0.2, 0, 0.01);
    WholeDatasetTarget.Refused refused =
        assertInstanceOf(
            WholeDatasetTarget.Refused.class, WholeDatasetTarget.of(0.95, human, 200, 800));
    assertEquals(WholeDatasetTarget.Reason.TOO_FEW_REPEATS, refused.reason());
  }

  @Test
  void noMachineLabelsNeedNothing() {
    HumanError human = new HumanError(0, 1_000, 0.01, 0, 0.01);
    assertEquals(new WholeDatasetTarget.Required(0), WholeDatasetTarget.of(0.95, human, 10, 0));
    assertThrows(IllegalArgumentException.class, () -> WholeDatasetTarget.of(1.2, human, 10, 10));
  }

  @Test
  void exactBoundsMatchTheClosedForms() {
    // no event in n: 1 - risk^(1/n)
    assertEquals(1 - Math.pow(0.05, 1.0 / 20), ExactBinomial.upper(0, 20, 0.05), 1e-12);
    assertEquals(Math.pow(0.05, 1.0 / 20), ExactBinomial.lower(20, 20, 0.05), 1e-12);
    assertEquals(1, ExactBinomial.upper(20, 20, 0.05), 0);
    assertEquals(1, ExactBinomial.upper(0, 0, 0.05), 0);
    assertEquals(0, ExactBinomial.lower(0, 0, 0.05), 0);
    // published two-sided 95 % interval of 5 in 100: 1.64 % to 11.28 %
    assertEquals(0.1128, ExactBinomial.upper(5, 100, 0.025), 5e-5);
    assertEquals(0.0164, ExactBinomial.lower(5, 100, 0.025), 5e-5);
  }
}
