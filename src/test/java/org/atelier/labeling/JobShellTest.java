package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.queue.JobItems;
import org.atelier.platform.ProjectRef;
import org.junit.jupiter.api.Test;

/** What the head of a job offers whoever manages it. */
class JobShellTest {

  private static final UUID ID = UUID.fromString("018f3f1e-7c00-7000-8000-000000000007");
  private static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");
  private static final int ITEMS = 10_000;

  private static JobShell shell(JobState state, long answers) {
    return shell(state, answers, 3_000, List.of());
  }

  private static JobShell shell(
      JobState state, long answers, long human, List<JobSection> sections) {
    JobSettings settings =
        new JobSettings(
            "Autumn",
            ID,
            1,
            TaskType.SINGLE,
            List.of(),
            "",
            Set.of(),
            JobSettings.Answering.defaults(),
            JobSettings.Learning.defaults(),
            new JobSettings.Budget(3_000, null, new BigDecimal("0.08"), "EUR"));
    JobView job =
        new JobView(
            ID,
            ID,
            1,
            state,
            null,
            NOW,
            settings,
            ItemKind.IMAGE,
            ITEMS,
            1,
            null,
            null,
            null,
            ID,
            NOW,
            NOW,
            null);
    JobItems.Counts counts = new JobItems.Counts(human, 1_454, 0, 0, answers, 0);
    ProjectRef project = new ProjectRef(ID, "autumn", "Autumn");
    return JobShell.of(project, job, counts, true, true, sections, "");
  }

  private static List<String> acts(JobShell shell) {
    return shell.acts().stream().map(JobShell.Act::action).toList();
  }

  @Test
  void aJobWhoseBudgetIsUsedUpIsNotResumedButGivenMore() {
    JobShell spent = shell(JobState.PAUSED, 3_000);
    assertTrue(spent.isExhausted());
    assertEquals(List.of("complete", "stop"), acts(spent));
    assertEquals("/p/autumn/jobs/" + ID + "/settings#budgetAnswers", spent.budgetHref());
    JobShell paused = shell(JobState.PAUSED, 2_999);
    assertFalse(paused.isExhausted());
    assertEquals(List.of("resume", "complete", "stop"), acts(paused));
  }

  @Test
  void aJobWhosePromiseCannotBeKeptIsToBeCompletedAndSaysThatResumingDoesNotHelp() {
    JobShell stuck = shell(JobState.PAUSED, 100, 3_000, List.of(new StuckSection()));
    assertEquals(List.of("resume", "complete", "stop"), acts(stuck));
    assertEquals("", stuck.acts().get(0).kind());
    assertTrue(stuck.acts().get(0).warning().contains("Resuming changes nothing"));
    assertEquals("primary", stuck.acts().get(1).kind());
  }

  private static final class StuckSection implements JobSection {
    @Override
    public String key() {
      return "learning";
    }

    @Override
    public String title() {
      return "Learning";
    }

    @Override
    public int order() {
      return 10;
    }

    @Override
    public boolean appliesTo(JobView job) {
      return true;
    }

    @Override
    public String html(SectionRequest request) {
      return "";
    }

    @Override
    public boolean isStuck(JobView job) {
      return true;
    }
  }

  @Test
  void whereEveryItemHasALabelTheJobIsToBeCompleted() {
    assertFalse(shell(JobState.RUNNING, 100).isLabelled());
    JobShell done = shell(JobState.RUNNING, 100, ITEMS - 1_454, List.of());
    assertTrue(done.isLabelled());
    assertEquals("primary", done.acts().get(1).kind());
  }

  @Test
  void completingSaysWhatStaysWithoutALabelAndThatItIsFinal() {
    JobShell.Act complete =
        shell(JobState.RUNNING, 3_000).acts().stream()
            .filter(act -> act.action().equals("complete"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "Its labels become a new version of the dataset. 5,546 of 10,000 items have no label and"
            + " stay without one. This is final: the job cannot go on afterwards, and its labels"
            + " cannot be changed.",
        complete.warning());
  }

  @Test
  void nobodyIsAskedAgainInAJobThatIsOver() {
    assertTrue(shell(JobState.RUNNING, 1).asksAgain());
    assertFalse(shell(JobState.COMPLETED, 1).asksAgain());
    assertFalse(shell(JobState.STOPPED, 1).asksAgain());
  }

  @Test
  void runningJobsStandBeforePausedOnesDraftsAndWhatIsOver() {
    List<JobState> order =
        Stream.of(JobState.COMPLETED, JobState.DRAFT, JobState.PAUSED, JobState.RUNNING)
            .map(state -> new JobRow(ID, "x", state, NOW, ID, 1, 0, 0, 0))
            .sorted(JobRow.BY_URGENCY)
            .map(JobRow::state)
            .toList();
    assertEquals(
        List.of(JobState.RUNNING, JobState.PAUSED, JobState.DRAFT, JobState.COMPLETED), order);
  }
}
