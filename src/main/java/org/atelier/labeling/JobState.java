package org.atelier.labeling;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job stands: draft → running ⇄ paused → completing → completed, or stopped; failed while a
 * step of the machine cannot be done.
 */
public enum JobState {
  /** Being described; everything about it can change. */
  DRAFT,
  /** People are given tasks. */
  RUNNING,
  /** No new tasks are given; answers under way are still taken. */
  PAUSED,
  /** The labels are being written as a dataset version. */
  COMPLETING,
  /** Done; labels do not change any more. */
  COMPLETED,
  /** Ended by a person before it was done; its labels stay. */
  STOPPED,
  /**
   * A step of the machine failed for good: no new tasks are given, answers under way are still
   * taken. It goes on where it was when the step is tried again, or is stopped.
   */
  FAILED;

  /** Whether the job may go from here to the other state. */
  public boolean mayBecome(JobState next) {
    return followers().contains(next);
  }

  /** Whether nothing will change any more. */
  public boolean isFinished() {
    return this == COMPLETED || this == STOPPED;
  }

  /** Whether answers still change labels. */
  public boolean takesAnswers() {
    return this == RUNNING || this == PAUSED || this == FAILED;
  }

  private Set<JobState> followers() {
    return switch (this) {
      case DRAFT -> EnumSet.of(RUNNING, STOPPED);
      case RUNNING -> EnumSet.of(PAUSED, COMPLETING, STOPPED, FAILED);
      case PAUSED -> EnumSet.of(RUNNING, COMPLETING, STOPPED, FAILED);
      case COMPLETING -> EnumSet.of(COMPLETED, PAUSED, FAILED);
      case FAILED -> EnumSet.of(RUNNING, COMPLETING, STOPPED);
      case COMPLETED, STOPPED -> EnumSet.noneOf(JobState.class);
    };
  }
}
