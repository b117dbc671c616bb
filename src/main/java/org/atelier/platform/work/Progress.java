package org.atelier.platform.work;

import java.time.Instant;

/**
 * How far a phase is.
 *
 * @param startedAt when the phase began
 * @param startedWith steps that were done when it began
 * @param at when this was reported
 */
record Progress(
    String phase, long done, long total, Instant startedAt, long startedWith, Instant at) {

  /** The report that follows, in the same phase or beginning another one. */
  static Progress after(Progress earlier, String phase, long done, long total, Instant now) {
    if (earlier == null || !earlier.phase.equals(phase)) {
      return new Progress(phase, done, total, now, done, now);
    }
    return new Progress(phase, done, total, earlier.startedAt, earlier.startedWith, now);
  }
}
