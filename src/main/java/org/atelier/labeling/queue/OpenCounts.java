package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** How many tasks wait in a job, at most two seconds old, so that claims do not count rows. */
@Singleton
class OpenCounts {

  static final int MOST = 10_001;
  private static final int LOW = 1_000;
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final QueueRepository queue;
  private final Tally tally;
  private final Clock clock;
  private final ConcurrentHashMap<UUID, Count> counts = new ConcurrentHashMap<>();

  private record Count(int open, Instant at) {}

  OpenCounts(QueueRepository queue, Tally tally, Clock clock) {
    this.queue = queue;
    this.tally = tally;
    this.clock = clock;
  }

  /** Tasks with a free slot, up to {@link #MOST}. */
  int of(UUID jobId) {
    Instant now = clock.instant();
    Count known = counts.get(jobId);
    if (known != null && known.at().plus(FRESH).isAfter(now)) {
      return known.open();
    }
    // Folding little and often keeps what was appended short, whoever reads it.
    tally.fold(jobId);
    if (counts.size() >= Pace.MANY) {
      counts.values().removeIf(one -> !one.at().plus(FRESH).isAfter(now));
    }
    Count fresh = new Count(queue.open(jobId, MOST), now);
    counts.put(jobId, fresh);
    return fresh.open();
  }

  /** Whether it is time to bring more items into the queue. */
  boolean isLow(UUID jobId) {
    return of(jobId) < LOW;
  }

  /** Takes tasks off a known count. */
  void took(UUID jobId, int tasks) {
    counts.computeIfPresent(
        jobId,
        (id, known) ->
            known.open() == MOST
                ? known
                : new Count(Math.max(0, known.open() - tasks), known.at()));
  }

  /** Forgets a count that is known to have changed. */
  void forget(UUID jobId) {
    counts.remove(jobId);
  }
}
