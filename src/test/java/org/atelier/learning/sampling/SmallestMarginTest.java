package org.atelier.learning.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallestMarginTest extends SamplingStrategyContract {
  @Override
  SamplingStrategy strategy() {
    return new SmallestMargin();
  }

  /** Margins 0.85, 0.02, 0.10, 0.40. */
  @Test
  void wantsSmallestMarginsFirst() {
    Selection selection = strategy().select(pool(), 3, new SplittableRandom(1));
    assertArrayEquals(new int[] {11, 12, 13}, selection.items());
    assertEquals(0.98, selection.scores()[0], 1e-6);
  }

  /** Labels at 0.9 and 0.45 against 0.7 and 0.1: distances to even odds 0.1 and 0.4. */
  @Test
  void multiLabelGoesByTheLabelClosestToEvenOdds() {
    Pool pool = new Pool(new int[] {0, 1}, new float[] {0.9f, 0.45f, 0.7f, 0.1f}, 2, true, null);
    Selection selection = strategy().select(pool, 2, new SplittableRandom(1));
    assertArrayEquals(new int[] {0, 1}, selection.items());
    assertEquals(0.9, selection.scores()[0], 1e-6);
    assertEquals(0.6, selection.scores()[1], 1e-6);
  }
}
