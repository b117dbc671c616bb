package org.atelier.labeling.queue;

import java.time.Instant;
import java.util.UUID;

/**
 * A lease and what stands beside it when its answer comes.
 *
 * @param keyUsed whether the worker gave an answer with this key before
 * @param answered whether the task has a current answer
 * @param labeled whether the item has a current label
 */
record Standing(
    UUID id,
    UUID taskId,
    UUID workerId,
    LeaseState state,
    Instant expiresAt,
    boolean keyUsed,
    boolean answered,
    boolean labeled) {

  LeaseRow lease() {
    return new LeaseRow(id, taskId, workerId, state, expiresAt);
  }
}
