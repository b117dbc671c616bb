package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.TaskType;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.loop.LearnerPhase;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.platform.Ids;
import org.junit.jupiter.api.Test;

class NextStepsTest {

  @Test
  void aJobWhosePromiseIsRefusedIsNotToldToRaiseItsBudgetOrToResume() {
    HumanError human = HumanError.fromRepeats(100, 500, 2_500, 0.2, 0, 0.005);
    String why = WholeDataset.refusal(0.95, human).orElseThrow();
    Dashboard.Counts counts = new Dashboard.Counts(4_000, 1_500, 0, 2_500, 0, 0);
    Dashboard.Next next = NextSteps.of(paused(why), learner(true), List.of(), counts, null);
    assertNull(next.suggestedAnswers());
    assertFalse(next.text().contains("budget"), next.text());
    assertTrue(next.text().contains("2,500 items stay without a label"), next.text());
    assertTrue(next.text().contains("A new job can promise less"), next.text());
  }

  @Test
  void whoPausesAJobWithTheSameWordsDoesNotMakeItsPromiseImpossible() {
    Dashboard.Counts counts = new Dashboard.Counts(4_000, 0, 0, 4_000, 0, 0);
    JobNumbers.Progress progress = new JobNumbers.Progress(0, 0, 0, 0, 0, 0, Map.of(), Map.of());
    assertNull(
        NextSteps.of(
            paused("People agree on the label set."), learner(false), List.of(), counts, progress));
  }

  private static LearnerRow learner(boolean refused) {
    return new LearnerRow(
        Ids.next(),
        Ids.next(),
        false,
        LearnerPhase.ASKING,
        null,
        Instant.EPOCH,
        Ids.next(),
        1,
        null,
        1,
        1,
        null,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        refused,
        0);
  }

  private static JobView paused(String why) {
    JobSettings settings =
        new JobSettings(
            "Texts",
            Ids.next(),
            1,
            TaskType.SINGLE,
            List.of(LabelDefinition.named("a"), LabelDefinition.named("b")),
            "",
            Set.of(),
            new JobSettings.Answering(1, 3, "majority", true, false, 600, 10),
            new JobSettings.Learning(true, 0.95, GuaranteeScope.DATASET, 0.05, 100, Map.of()),
            new JobSettings.Budget(1_500, null, null, null));
    return new JobView(
        Ids.next(),
        Ids.next(),
        0,
        JobState.PAUSED,
        why,
        Instant.EPOCH,
        settings,
        ItemKind.TEXT,
        4_000,
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
