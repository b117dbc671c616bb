package org.atelier.dataset;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The current label of one item, for exports.
 *
 * @param ordinal the item's ordinal in its dataset
 * @param classes chosen class indexes, ascending; empty only for multi-label
 * @param confidence 0–1; not comparable between people and machine; 0 when one person answered
 * @param mentioned for multi-label: every class that at least one worker chose, with its own
 *     confidence; empty when the chosen classes are all there is
 * @param answerCount answers the label rests on, 0 for a machine label
 * @param round round of the learning loop, null without one
 * @param modelDigest digest of the model that gave a machine label, else null
 * @param createdAt when the label was made
 * @param answers the single answers, empty unless asked for
 */
public record ItemLabel(
    UUID itemId,
    int ordinal,
    int[] classes,
    Source source,
    double confidence,
    List<ClassConfidence> mentioned,
    int answerCount,
    Integer round,
    String modelDigest,
    Instant createdAt,
    List<GivenAnswer> answers) {

  public ItemLabel {
    mentioned = List.copyOf(mentioned);
    answers = List.copyOf(answers);
  }

  /** Who the label is from. */
  public enum Source {
    HUMAN,
    MACHINE
  }

  /** How sure one class of a multi-label answer is, 0–1. */
  public record ClassConfidence(int classIndex, double confidence) {}

  /**
   * What one worker said.
   *
   * @param worker pseudonym, stable within the job, which tells simulated people from others
   * @param activeMillis time spent on the item without pauses
   */
  public record GivenAnswer(String worker, int[] classes, Instant at, long activeMillis) {}
}
