package org.atelier.learning.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.atelier.learning.feature.SparseMatrix;
import org.junit.jupiter.api.Test;

class HashedVectorsTest {

  @Test
  void oneColumnLandsInOnePlaceWithItsValueUpToASign() {
    float[] into = new float[HashedVectors.COLUMNS + 2];
    into[0] = 5;
    vectors(new int[] {0, 1}, new int[] {7}, new float[] {3}).read(0, into, 1);
    assertEquals(5, into[0], "what lies before stays");
    double sum = 0;
    for (int i = 1; i <= HashedVectors.COLUMNS; i++) {
      sum += Math.abs(into[i]);
    }
    assertEquals(3, sum);
  }

  @Test
  void distancesBetweenTextsAreAboutKept() {
    int nonZero = 60;
    Random random = new Random(4);
    double ratio = 0;
    for (int pair = 0; pair < 200; pair++) {
      int[] indexes = new int[2 * nonZero];
      float[] values = new float[2 * nonZero];
      for (int i = 0; i < nonZero; i++) {
        indexes[i] = 1_000 * i + random.nextInt(400);
        indexes[nonZero + i] = 1_000 * i + 500 + random.nextInt(400);
        values[i] = random.nextFloat();
        values[nonZero + i] = random.nextFloat();
      }
      HashedVectors vectors = vectors(new int[] {0, nonZero, 2 * nonZero}, indexes, values);
      float[] one = read(vectors, 0);
      float[] other = read(vectors, 1);
      double distance = 0;
      for (int i = 0; i < one.length; i++) {
        distance += (one[i] - other[i]) * (one[i] - other[i]);
      }
      double exact = 0;
      for (float value : values) {
        exact += value * value;
      }
      ratio += distance / exact / 200;
    }
    // one pair deviates by sqrt(2 / 256) = 9 %, the mean of 200 by 0.6 %
    assertEquals(1, ratio, 0.03);
  }

  @Test
  void equalRowsHaveEqualVectorsAndAnEmptyOneIsZero() {
    HashedVectors vectors =
        vectors(new int[] {0, 2, 4, 4}, new int[] {1, 9, 1, 9}, new float[] {1, 2, 1, 2});
    assertArrayEquals(read(vectors, 0), read(vectors, 1));
    assertArrayEquals(new float[HashedVectors.COLUMNS], read(vectors, 2));
  }

  private static HashedVectors vectors(int[] starts, int[] indexes, float[] values) {
    return new HashedVectors(new SparseMatrix(100_000, starts, indexes, values));
  }

  private static float[] read(HashedVectors vectors, int item) {
    float[] into = new float[vectors.columns()];
    vectors.read(item, into, 0);
    return into;
  }
}
