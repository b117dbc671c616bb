package org.atelier.labeling.consolidation;

import java.util.BitSet;

/**
 * A rule that turns the answers to each item into one label. Implementations are immutable,
 * deterministic and thread-safe.
 */
public interface ConsolidationMethod {

  /** Stable kebab-case name, as on the command line and in stored jobs. */
  String name();

  /**
   * Consolidates every item.
   *
   * <p>What a method learns about classes and workers it learns from the fair items only, then
   * applies to all: items chosen because a model was unsure of them are harder and distributed
   * differently than the data, so they would bias both.
   *
   * @param answers A answers; A may be 0
   * @param fairItems items chosen at random (random start, audit); null or empty means every item
   * @throws TooManyNumbersException when the method cannot do with so many people and labels
   */
  Consolidation consolidate(AnswerSet answers, BitSet fairItems);
}
