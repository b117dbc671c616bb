package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Frees the slots of leases past their time, so that not every claim has to look for them. */
@Singleton
class ExpiredLeases {

  private static final Duration PACE = Duration.ofSeconds(1);

  private final LeaseRepository leases;
  private final ConcurrentHashMap<UUID, Instant> looked = new ConcurrentHashMap<>();

  ExpiredLeases(LeaseRepository leases) {
    this.leases = leases;
  }

  /**
   * Frees those of a job unless that was done within the last second; in the caller's transaction.
   */
  void free(UUID jobId, Instant now) {
    Instant last = looked.get(jobId);
    if (last != null && !now.isBefore(last) && now.isBefore(last.plus(PACE))) {
      return;
    }
    looked.put(jobId, now);
    leases.expire(jobId, now);
  }
}
