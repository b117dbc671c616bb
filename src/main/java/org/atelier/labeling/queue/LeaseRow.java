package org.atelier.labeling.queue;

import java.time.Instant;
import java.util.UUID;

/** A worker's hold on a task. */
record LeaseRow(UUID id, UUID taskId, UUID workerId, LeaseState state, Instant expiresAt) {

  boolean isActive() {
    return state == LeaseState.ACTIVE;
  }
}
