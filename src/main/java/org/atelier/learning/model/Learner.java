package org.atelier.learning.model;

import org.atelier.learning.sampling.Pool;

/** Learns from labelled items and scores all items of the job. */
public interface Learner {
  /**
   * Learns anew from all human labels.
   *
   * @param examples at least two items and two different labels
   * @param seed the only source of chance
   * @return probabilities for the whole pool, and held-out ones for the examples
   */
  Scores learn(Examples examples, long seed);

  /** Feature vectors for strategies that spread over the feature space; null if there are none. */
  Pool.Vectors vectors();

  /** What the model is, in a few words, for reports and certificates. */
  String description();
}
