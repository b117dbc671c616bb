package org.atelier.dataset.export;

import java.time.Duration;

/**
 * How fast somebody takes an export: in every minute that it waits for its reader, and does nothing
 * else, a least number of bytes must go. Thread-safe. Times are those of one running clock, in
 * nanoseconds.
 */
final class ReaderPace {

  /** How long an export waits for a reader who takes less than {@link #LEAST_BYTES}. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  static final long LEAST_BYTES = 1 << 20;

  private boolean waiting;
  private long since;
  private long waited;
  private long taken;

  /** Bytes are offered. */
  synchronized void offered(long now) {
    waiting = true;
    since = now;
  }

  /** The bytes last offered were taken, or some of them never will be. */
  synchronized void taken(long now, long bytes) {
    waiting = false;
    waited += now - since;
    taken += bytes;
  }

  /** Looks, every few seconds, whether the reader took too little for too long. */
  synchronized boolean isTooSlow(long now) {
    if (waiting) {
      waited += now - since;
      since = now;
    }
    if (waited < PATIENCE.toNanos()) {
      return false;
    }
    if (taken < LEAST_BYTES) {
      return true;
    }
    waited = 0;
    taken = 0;
    return false;
  }
}
