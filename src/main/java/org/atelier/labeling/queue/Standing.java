package org.atelier.labeling.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A lease and what stands beside it when its answer comes.
 *
 * @param leasedAt when the worker was given the task
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
    Instant leasedAt,
    boolean keyUsed,
    boolean answered,
    boolean labeled) {

  /** By how much clocks may differ. */
  private static final Duration TOLERATED = Duration.ofMinutes(1);

  /** Time the worker says to have spent: an hour at most, and hardly more than the lease is old. */
  int spent(int activeMillis, Instant now) {
    long old = Duration.between(leasedAt, now).plus(TOLERATED).toMillis();
    long most = Math.max(0, Math.min(Answering.MOST_ACTIVE_MILLIS, old));
    return (int) Math.max(0, Math.min(most, activeMillis));
  }

  LeaseRow lease() {
    return new LeaseRow(id, taskId, workerId, state, expiresAt);
  }
}
