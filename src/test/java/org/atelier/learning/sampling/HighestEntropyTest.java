package org.atelier.learning.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HighestEntropyTest extends SamplingStrategyContract {
  @Override
  SamplingStrategy strategy() {
    return new HighestEntropy();
  }

  /** Entropies 0.394, 0.777, 1.089, 0.950. */
  @Test
  void wantsHighestEntropyFirst() {
    Selection selection = strategy().select(pool(), 3, new SplittableRandom(1));
    assertArrayEquals(new int[] {12, 13, 11}, selection.items());
    assertEquals(1.0889, selection.scores()[0], 1e-4);
  }
}
