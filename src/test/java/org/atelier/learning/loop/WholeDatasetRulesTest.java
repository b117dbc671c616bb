package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.TaskType;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.certify.HumanError;
import org.atelier.platform.Ids;
import org.junit.jupiter.api.Test;

class WholeDatasetRulesTest {

  @Test
  void aTargetAboveWhatPeopleAgreeOnIsRefusedWithTheNumbers() {
    HumanError human = HumanError.fromRepeats(100, 500, 2_500, 0.2, 0, 0.005);
    String why = LoopRules.refusal(job(GuaranteeScope.DATASET, 1, null), human).orElseThrow();
    assertTrue(why.contains("80.0 %") && why.contains("500 items"), why);
    assertTrue(why.contains("95.0 % of the whole dataset"), why);
    assertTrue(why.contains("make a new one with a lower target"), why);
    assertTrue(!why.contains("resume"), why);
    assertTrue(LoopRules.refusal(job(GuaranteeScope.MACHINE, 1, null), human).isEmpty());
  }

  @Test
  void tooFewChecksAreNoRefusalButAskMoreOfTheMachine() {
    HumanError none = HumanError.fromRepeats(0, 20, 100, 0.2, 0, 0.005);
    JobView job = job(GuaranteeScope.DATASET, 1, null);
    assertTrue(LoopRules.refusal(job, none).isEmpty());
    CampaignSettings campaign = LoopRules.campaign(job, 2_000, none, 120, false);
    assertEquals(CampaignSettings.Scope.DATASET, campaign.scope());
    assertEquals(none.upper(), campaign.humanError());
    assertTrue(none.upper() > 0.05, "not shown yet: " + none.upper());
  }

  @Test
  void theBudgetKeepsWhatTheSecondAnswersCost() {
    HumanError human = HumanError.fromRepeats(2, 200, 1_000, 0.2, 0, 0.005);
    JobView one = job(GuaranteeScope.DATASET, 1, 1_500);
    // 300 of 1,500 are left: 229 items cost 275 on average, and hardly ever more than 300
    assertEquals(1_200 + 229, LoopRules.campaign(one, 5_000, human, 1_200, false).budget());
    JobView two = job(GuaranteeScope.DATASET, 2, 1_500);
    assertEquals(1_500, LoopRules.campaign(two, 5_000, human, 1_200, false).budget());
  }

  @Test
  void whereNothingIsAnsweredTwiceThePromiseIsForTheMachineAlone() {
    JobView job = job(GuaranteeScope.DATASET, 1, null);
    CampaignSettings campaign = LoopRules.campaign(job, 2_000, null, 0, false);
    assertEquals(CampaignSettings.Scope.MACHINE, campaign.scope());
    assertTrue(LoopRules.scopeNote(job, null).contains("model's labels alone"));
    assertNull(LoopRules.scopeNote(job(GuaranteeScope.MACHINE, 1, null), null));
  }

  private static JobView job(GuaranteeScope scope, int perItem, Integer budget) {
    JobSettings settings =
        new JobSettings(
            "Texts",
            Ids.next(),
            1,
            TaskType.SINGLE,
            List.of(LabelDefinition.named("a"), LabelDefinition.named("b")),
            "",
            Set.of(),
            new JobSettings.Answering(perItem, 3, "majority", true, false, 600, 10),
            new JobSettings.Learning(true, 0.95, scope, 0.05, 100, Map.of()),
            new JobSettings.Budget(budget, null, null, null));
    return new JobView(
        Ids.next(),
        Ids.next(),
        0,
        JobState.RUNNING,
        null,
        Instant.EPOCH,
        settings,
        ItemKind.TEXT,
        2_000,
        7,
        null,
        null,
        null,
        Ids.next(),
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }
}
