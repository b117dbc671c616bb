package org.atelier.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.atelier.platform.ProblemException;
import org.junit.jupiter.api.Test;

class JobRefusalsTest {

  @Test
  void whoStartsAPausedJobIsToldToResumeIt() {
    ProblemException refusal = JobRefusals.move(JobState.PAUSED, JobState.RUNNING, JobState.DRAFT);
    assertEquals("The job is paused and cannot be started now. Resume it.", refusal.getMessage());
    assertEquals(Map.of("state", "PAUSED"), refusal.members());
  }

  @Test
  void statesAreSaidInEnglish() {
    assertEquals(
        "The job is a draft and cannot be resumed now. Start it.",
        JobRefusals.move(JobState.DRAFT, JobState.RUNNING, JobState.PAUSED).getMessage());
    assertEquals(
        "The job is being completed and cannot be stopped now.",
        JobRefusals.move(JobState.COMPLETING, JobState.STOPPED, null).getMessage());
    assertEquals(
        "The job waits after a step that failed and cannot be given new items now.",
        JobRefusals.state(JobState.FAILED, "given new items").getMessage());
    assertEquals(
        "The job is running and cannot be tried again now.",
        JobRefusals.move(JobState.RUNNING, JobState.RUNNING, JobState.FAILED).getMessage());
  }
}
