package org.atelier.learning.model;

import org.atelier.learning.sampling.Pool;

/** Learns from labelled items and scores all items of the job. */
public interface Learner {
  /** How much time a round may take. */
  enum Effort {
    /** Enough to choose what people should label next. */
    QUICK,
    /** The best model there is, for labels that may be accepted. */
    THOROUGH
  }

  /**
   * Learns anew from all human labels.
   *
   * @param examples at least two items and two different labels
   * @param seed the only source of chance
   * @param effort how much time to take
   * @return probabilities for the whole pool, and held-out ones for the examples
   */
  Scores learn(Examples examples, long seed, Effort effort);

  /** Feature vectors for strategies that spread over the feature space; null if there are none. */
  Pool.Vectors vectors();

  /** The model that was learned last, as a file; empty before the first one. */
  byte[] encode();

  /**
   * What a model that {@link #encode} gave, by this learner or by another over features of the same
   * kind, says of every item: the same as when it was learned.
   *
   * @return N × K probabilities
   * @throws IllegalArgumentException when it is no such model or reads another number of features
   */
  float[] probabilities(byte[] encoded);

  /** What the model is, in a few words, for reports and certificates. */
  String description();
}
