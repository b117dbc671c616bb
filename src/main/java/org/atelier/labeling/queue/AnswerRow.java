package org.atelier.labeling.queue;

import java.time.Instant;
import java.util.UUID;
import org.atelier.labeling.TaskReason;

/** A stored answer. */
record AnswerRow(
    UUID id,
    UUID taskId,
    UUID leaseId,
    UUID workerId,
    UUID clientKey,
    int[] classIndexes,
    TaskReason reason,
    int activeMillis,
    Instant answeredAt,
    Instant receivedAt,
    boolean surplus,
    Instant undoneAt,
    Instant replacedAt) {

  boolean isCurrent() {
    return undoneAt == null && replacedAt == null;
  }
}
