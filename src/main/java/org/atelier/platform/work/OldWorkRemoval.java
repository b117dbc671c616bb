package org.atelier.platform.work;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;

/** Forgets finished work after three months; the audit trail keeps who did what. */
@Singleton
class OldWorkRemoval implements DailyTask {

  private static final Duration KEPT = Duration.ofDays(92);

  private final WorkService work;
  private final Clock clock;

  OldWorkRemoval(WorkService work, Clock clock) {
    this.work = work;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "remove-old-work";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(4, 0);
  }

  @Override
  public void run() {
    work.removeFinishedBefore(clock.instant().minus(KEPT));
  }
}
