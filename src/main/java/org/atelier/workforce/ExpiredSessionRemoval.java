package org.atelier.workforce;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.atelier.platform.work.DailyTask;

/** Forgets sessions that ended by themselves: who was where in which browser is nobody's need. */
@Singleton
class ExpiredSessionRemoval implements DailyTask {

  private final SessionRepository sessions;
  private final Clock clock;

  ExpiredSessionRemoval(SessionRepository sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "remove-expired-sessions";
  }

  @Override
  public LocalTime at() {
    return LocalTime.of(4, 20);
  }

  @Override
  public void run() {
    sessions.removeExpired(OffsetDateTime.now(clock));
  }
}
