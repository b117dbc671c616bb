package org.atelier.labeling.queue;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
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

  private static final double LEAST_CHANGE = 0.05 - 1e-9;

  /** Whether the other label says the same with the same strength. */
  boolean says(LabelRow other) {
    return source == other.source
        && confidence == other.confidence
        && answers == other.answers
        && Arrays.equals(classIndexes, other.classIndexes)
        && Arrays.equals(mentioned, other.mentioned)
        && Arrays.equals(mentionedConfidences, other.mentionedConfidences);
  }

  /**
   * Whether the other label says the same about as strongly: every new answer moves the strength of
   * many labels a little, and a label is not written anew for that.
   */
  boolean saysAbout(LabelRow other) {
    return source == other.source
        && isNear(confidence, other.confidence)
        && answers == other.answers
        && Arrays.equals(classIndexes, other.classIndexes)
        && Arrays.equals(mentioned, other.mentioned)
        && areNear(mentionedConfidences, other.mentionedConfidences);
  }

  private static boolean areNear(double[] some, double[] others) {
    if (some == null || others == null) {
      return some == others;
    }
    return some.length == others.length
        && IntStream.range(0, some.length).allMatch(i -> isNear(some[i], others[i]));
  }

  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) < LEAST_CHANGE;
  }
}
