package org.atelier.labeling.queue;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.atelier.labeling.TaskReason;

/** A label as stored. */
record LabelRow(
    UUID id,
    UUID itemId,
    int ordinal,
    int[] classIndexes,
    int[] mentioned,
    double[] mentionedConfidences,
    LabelOrigin source,
    double confidence,
    int answers,
    TaskReason reason,
    int round,
    String modelDigest,
    Instant createdAt) {

  /** Whether the other label says the same with the same strength. */
  boolean says(LabelRow other) {
    return source == other.source
        && confidence == other.confidence
        && answers == other.answers
        && Arrays.equals(classIndexes, other.classIndexes)
        && Arrays.equals(mentioned, other.mentioned)
        && Arrays.equals(mentionedConfidences, other.mentionedConfidences);
  }
}
