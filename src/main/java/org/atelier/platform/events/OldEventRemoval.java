package org.atelier.platform.events;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.atelier.platform.work.DailyTask;

/** Forgets events after three months; the audit trail keeps who did what. */
@Singleton
class OldEventRemoval implements DailyTask {

  static final Duration KEPT = Duration.ofDays(92);

  private static final int AT_ONCE = 10_000;

  private final EventRepository events;
  private final Clock clock;

  OldEventRemoval(EventRepository events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "remove-old-events";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(4, 10);
  }

  @Override
  public void run() {
    Instant before = clock.instant().minus(KEPT);
    long last = events.lastBefore(before);
    long done = 0;
    while (done < last && !Thread.currentThread().isInterrupted()) {
      done = events.removeBefore(before, done, last, AT_ONCE);
    }
  }
}
