package org.atelier.learning.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastConfidenceTest extends SamplingStrategyContract {
  @Override
  SamplingStrategy strategy() {
    return new LeastConfidence();
  }

  /** Best probabilities 0.90, 0.50, 0.40, 0.60. */
  @Test
  void wantsLowestBestProbabilityFirst() {
    Selection selection = strategy().select(pool(), 3, new SplittableRandom(1));
    assertArrayEquals(new int[] {12, 11, 13}, selection.items());
    assertEquals(0.6, selection.scores()[0], 1e-6);
  }
}
