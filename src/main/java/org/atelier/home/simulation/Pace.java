package org.atelier.home.simulation;

import java.time.Clock;

/** Lets so many answers through in a minute, evenly spread. */
final class Pace {
  private static final double MINUTE = 60_000;

  private final Clock clock;
  private final double gapMillis;
  private double nextAt;

  Pace(Clock clock, int perMinute) {
    this.clock = clock;
    this.gapMillis = MINUTE / perMinute;
    this.nextAt = clock.millis();
  }

  /** Waits until the next answer may be given. Time that passed unused is not made up for. */
  void next() throws InterruptedException {
    long now = clock.millis();
    nextAt = Math.max(nextAt, now - gapMillis);
    long wait = Math.round(nextAt - now);
    if (wait > 0) {
      Thread.sleep(wait);
    }
    nextAt += gapMillis;
  }
}
