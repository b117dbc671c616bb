package org.atelier.platform.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A work as people see it.
 *
 * @param projectId owner, null for the installation's own housekeeping
 * @param attempt how often it was started, 0 while it waits for the first time
 * @param cancelRequested somebody asked to cancel and the handler has not stopped yet
 * @param phase what it is doing, empty before the first report
 * @param done steps of the phase that are done
 * @param total steps of the phase, 0 when not known
 * @param phaseStartedAt when the phase began, null before the first report
 * @param phaseStartedWith steps already done when the phase began (continued from a checkpoint)
 * @param progressAt when it last reported, null before the first report
 * @param error why it failed, for people; null unless FAILED
 */
public record WorkView(
    UUID id,
    UUID projectId,
    String kind,
    UUID subjectId,
    String title,
    String submittedBy,
    Instant submittedAt,
    WorkState state,
    int attempt,
    boolean cancelRequested,
    String phase,
    long done,
    long total,
    Instant phaseStartedAt,
    long phaseStartedWith,
    Instant progressAt,
    Instant startedAt,
    Instant finishedAt,
    String error) {

  private static final Duration SHORTEST_MEASURE = Duration.ofMillis(500);

  /** Share of the phase that is done, 0 to 1; null when the total is not known. */
  public Double share() {
    return total <= 0 ? null : Math.min(1.0, (double) done / total);
  }

  /** Steps per second since the phase began; null until half a second was measured. */
  public Double rate() {
    if (phaseStartedAt == null || progressAt == null || done <= phaseStartedWith) {
      return null;
    }
    Duration measured = Duration.between(phaseStartedAt, progressAt);
    if (measured.compareTo(SHORTEST_MEASURE) < 0) {
      return null;
    }
    return (done - phaseStartedWith) / (measured.toMillis() / 1000.0);
  }

  /** Time the phase still takes at this rate; null when not running or not known. */
  public Duration timeLeft() {
    Double rate = rate();
    if (state != WorkState.RUNNING || rate == null || total <= 0) {
      return null;
    }
    return Duration.ofMillis((long) (Math.max(0, total - done) / rate * 1000));
  }

  /** {@link #timeLeft()} in words, empty when not known. */
  public String timeLeftWords() {
    Duration left = timeLeft();
    if (left == null) {
      return "";
    }
    long seconds = left.toSeconds();
    if (seconds < 5) {
      return "a few seconds left";
    }
    if (seconds < 90) {
      return seconds + " s left";
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 90) {
      return minutes + " min left";
    }
    return String.format(Locale.ENGLISH, "%.1f h left", minutes / 60.0);
  }

  /** Whether a person may still stop it. */
  public boolean cancellable() {
    return !state.finished() && !cancelRequested;
  }

  /** Whether a person may start it again. */
  public boolean retryable() {
    return state == WorkState.FAILED || state == WorkState.CANCELLED;
  }
}
