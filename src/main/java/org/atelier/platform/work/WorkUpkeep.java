package org.atelier.platform.work;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;

/** Clears away what ended works and dead processes left in the tables. */
final class WorkUpkeep {

  private final Jdbi jdbi;

  WorkUpkeep(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Removes finished works older than the instant; returns how many. */
  int removeFinishedBefore(Instant instant) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate("delete from platform.work where finished_at < :instant")
                .bind("instant", instant.atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** Lets the scheduler pick up at once what a dead process had picked; returns how many. */
  int releasePicked() {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update platform.scheduled_task
                    set picked = false, picked_by = null, last_heartbeat = null,
                      version = version + 1
                    where picked\
                    """)
                .execute());
  }
}
