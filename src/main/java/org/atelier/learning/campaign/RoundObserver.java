package org.atelier.learning.campaign;

import org.atelier.learning.model.Scores;

/** Sees each round's scores, for measuring a simulation against the truth or keeping a model. */
@FunctionalInterface
public interface RoundObserver {
  /** Looks at nothing. */
  RoundObserver NONE = (round, scores, open, surestFirst, candidates) -> {};

  /**
   * Called once per round after training.
   *
   * @param open items without any label, ascending
   * @param surestFirst the same items by falling certainty
   * @param candidates how many of the surest would be proposed for an audit
   */
  void scored(int round, Scores scores, int[] open, int[] surestFirst, int candidates);
}
