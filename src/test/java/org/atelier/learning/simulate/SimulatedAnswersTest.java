package org.atelier.learning.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.certify.HumanError;
import org.junit.jupiter.api.Test;

class SimulatedAnswersTest {

  private static final int ITEMS = 5_000;

  @Test
  void aFifthOfTheItemsIsAnsweredTwiceWhereTheWholeDatasetIsPromised() {
    SimulatedAnswers said = asked(1, true, 0);
    HumanError human = said.human(0.005);
    // 1,000 ± 4 standard deviations of 28
    assertEquals(1_000, human.checked(), 113);
    assertEquals(0, human.disagreements());
    assertEquals(ITEMS, said.labels().size());
    assertEquals(ITEMS + human.checked(), said.answers());
  }

  @Test
  void peopleWhoThrowCoinsDifferOnHalfOfThem() {
    HumanError human = asked(1, true, 0.5).human(0.005);
    assertEquals(human.checked() / 2.0, human.disagreements(), 64);
  }

  @Test
  void withSeveralAnswersEveryItemIsCheckedAndNothingIsAskedBeyondThem() {
    SimulatedAnswers said = asked(3, true, 0);
    assertEquals(ITEMS, said.human(0.005).checked());
    assertEquals(3 * ITEMS, said.answers());
  }

  @Test
  void aPromiseForTheMachineAloneAsksNobodyTwice() {
    SimulatedAnswers said = asked(1, false, 0.5);
    assertEquals(ITEMS, said.answers());
    assertNull(said.human(0.005));
  }

  @Test
  void whereTwoDifferAThirdIsAskedWithinTheBudget() {
    SimulatedAnswers enough = asked(2, true, 0.5, 3 * ITEMS);
    assertEquals(2 * ITEMS + enough.human(0.005).disagreements(), enough.answers());
    SimulatedAnswers tight = asked(2, true, 0.5, 2 * ITEMS + 100);
    assertEquals(2 * ITEMS + 100, tight.answers());
  }

  private static SimulatedAnswers asked(int perItem, boolean whole, double error) {
    return asked(perItem, whole, error, 3_000);
  }

  private static SimulatedAnswers asked(int perItem, boolean whole, double error, int budget) {
    int[][] truth = new int[ITEMS][];
    Arrays.fill(truth, new int[] {1});
    SimulatedPeople people =
        new SimulatedPeople(truth, 2, false, SimulatedPeople.evenErrors(2, error), perItem, 3, 3);
    CampaignSettings settings =
        CampaignSettings.standard(ITEMS, 2, false, 0.95, 0.05, budget, perItem, 3);
    SimulatedAnswers said =
        new SimulatedAnswers(whole ? settings.change().wholeDataset(1).done() : settings, people);
    said.ask(
        IntStream.range(0, ITEMS)
            .mapToObj(item -> new Directive.Ask(item, TaskReason.RANDOM_START))
            .toList());
    return said;
  }
}
