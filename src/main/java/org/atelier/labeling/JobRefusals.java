package org.atelier.labeling;

import java.util.Map;
import org.atelier.platform.ProblemException;

/** Says that the state of a job does not allow something, and what would. */
final class JobRefusals {

  private JobRefusals() {}

  /**
   * The job cannot go to a state.
   *
   * @param onlyFrom the state it would have to be in, null where several are
   */
  static ProblemException move(JobState from, JobState to, JobState onlyFrom) {
    String act =
        switch (to) {
          case RUNNING -> onlyFrom == JobState.PAUSED ? "resumed" : "started";
          case PAUSED -> "paused";
          case COMPLETING, COMPLETED -> "completed";
          case STOPPED -> "stopped";
          case DRAFT, FAILED -> "changed";
        };
    return state(from, onlyFrom == JobState.FAILED ? "tried again" : act, way(from, to));
  }

  /** Something else cannot be done with the job: it cannot be {@code done}. */
  static ProblemException state(JobState state, String done) {
    return state(state, done, "");
  }

  private static ProblemException state(JobState state, String done, String way) {
    return new ProblemException(
        LabelingProblem.JOB_STATE,
        "The job %s and cannot be %s now.%s".formatted(words(state), done, way),
        Map.of("state", state.name()));
  }

  private static String words(JobState state) {
    return switch (state) {
      case DRAFT -> "is a draft";
      case RUNNING -> "is running";
      case PAUSED -> "is paused";
      case COMPLETING -> "is being completed";
      case COMPLETED -> "is completed";
      case STOPPED -> "is stopped for good";
      case FAILED -> "waits after a step that failed";
    };
  }

  private static String way(JobState from, JobState to) {
    if (to != JobState.RUNNING) {
      return "";
    }
    return switch (from) {
      case DRAFT -> " Start it.";
      case PAUSED -> " Resume it.";
      case FAILED -> " Try the failed step again.";
      case RUNNING, COMPLETING, COMPLETED, STOPPED -> "";
    };
  }
}
