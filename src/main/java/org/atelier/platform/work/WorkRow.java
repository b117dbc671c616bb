package org.atelier.platform.work;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A work in words, for pages.
 *
 * @param state one word for the state
 * @param tone {@code good}, {@code warn}, {@code bad} or empty
 * @param progress what it does and how far it is, empty when nothing is known
 * @param timeLeft how long it still takes, empty when not known
 * @param project name of the project, empty for the installation's own work
 */
record WorkRow(
    WorkView work,
    String state,
    String icon,
    String tone,
    String progress,
    String timeLeft,
    String project,
    String projectSlug) {

  static WorkRow of(WorkView work, String project, String projectSlug) {
    return new WorkRow(
        work,
        word(work),
        icon(work),
        tone(work),
        progress(work),
        work.timeLeftWords(),
        project,
        projectSlug);
  }

  public UUID id() {
    return work.id();
  }

  public boolean running() {
    return work.state() == WorkState.RUNNING;
  }

  public boolean unfinished() {
    return !work.state().finished();
  }

  /** When it ended, or else began, or else was asked for. */
  public Instant when() {
    if (work.finishedAt() != null) {
      return work.finishedAt();
    }
    return work.startedAt() == null ? work.submittedAt() : work.startedAt();
  }

  private static String word(WorkView work) {
    return switch (work.state()) {
      case QUEUED -> "Waiting";
      case RUNNING -> work.cancelRequested() ? "Stopping" : "Running";
      case DONE -> "Done";
      case FAILED -> "Failed";
      case CANCELLED -> "Cancelled";
    };
  }

  private static String icon(WorkView work) {
    return switch (work.state()) {
      case QUEUED -> "clock-history";
      case RUNNING -> "hourglass-split";
      case DONE -> "check-circle";
      case FAILED -> "x-circle";
      case CANCELLED -> "x-circle";
    };
  }

  private static String tone(WorkView work) {
    return switch (work.state()) {
      case DONE -> "good";
      case FAILED -> "bad";
      case QUEUED, RUNNING, CANCELLED -> "";
    };
  }

  private static String progress(WorkView work) {
    if (work.phase().isEmpty()) {
      return "";
    }
    StringBuilder words = new StringBuilder(work.phase());
    if (work.total() > 0) {
      words.append(String.format(Locale.ENGLISH, ": %,d of %,d", work.done(), work.total()));
    } else if (work.done() > 0) {
      words.append(String.format(Locale.ENGLISH, ": %,d so far", work.done()));
    }
    if (work.rate() != null && work.state() == WorkState.RUNNING) {
      words.append(String.format(Locale.ENGLISH, ", %s a second", rate(work.rate())));
    }
    return words.toString();
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ENGLISH, perSecond < 10 ? "%,.1f" : "%,.0f", perSecond);
  }
}
