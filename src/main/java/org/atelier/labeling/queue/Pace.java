package org.atelier.labeling.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets something be done for a job now and then instead of each time. What is done in a transaction
 * that is rolled back counts too; the next turn comes a pace later.
 */
final class Pace {

  /** With more jobs than this, those whose turn is over are forgotten. */
  static final int MANY = 1_000;

  private final Duration pace;
  private final ConcurrentHashMap<UUID, Instant> turns = new ConcurrentHashMap<>();

  Pace(Duration pace) {
    this.pace = pace;
  }

  /** Whether the job's last turn is a pace ago; if so, this is a turn. */
  boolean isDue(UUID jobId, Instant now) {
    Instant last = turns.get(jobId);
    if (last != null && !isOver(last, now)) {
      return false;
    }
    if (turns.size() >= MANY) {
      turns.values().removeIf(at -> isOver(at, now));
    }
    turns.put(jobId, now);
    return true;
  }

  private boolean isOver(Instant turn, Instant now) {
    return now.isBefore(turn) || !now.isBefore(turn.plus(pace));
  }

  int remembered() {
    return turns.size();
  }
}
