package org.atelier.learning.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UniformRandomTest extends SamplingStrategyContract {
  @Override
  SamplingStrategy strategy() {
    return new UniformRandom();
  }

  @Test
  void everyItemComesAboutEquallyOften() {
    int[] seen = new int[4];
    for (int seed = 0; seed < 4000; seed++) {
      seen[strategy().select(pool(), 1, new SplittableRandom(seed)).items()[0] - 10]++;
    }
    for (int count : seen) {
      assertEquals(1000, count, 120);
    }
  }

  @Test
  void scoresAreZero() {
    assertArrayEquals(
        new double[2], strategy().select(pool(), 2, new SplittableRandom(1)).scores());
  }
}
