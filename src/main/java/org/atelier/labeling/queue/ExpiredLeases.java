package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Frees the slots of leases past their time, so that not every claim has to look for them. */
@Singleton
class ExpiredLeases {

  private final LeaseRepository leases;
  private final Pace pace = new Pace(Duration.ofSeconds(1));

  ExpiredLeases(LeaseRepository leases) {
    this.leases = leases;
  }

  /**
   * Frees those of a job unless that was done within the last second; in the caller's transaction.
   */
  void free(UUID jobId, Instant now) {
    if (pace.isDue(jobId, now)) {
      leases.expire(jobId, now);
    }
  }
}
