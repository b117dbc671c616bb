package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JudgementsTest {
  @Test
  void pairsLikeMostOpenItemsCountMore() {
    double[] open = new double[20];
    Arrays.fill(open, 5, 20, 5.0);
    double[] weights =
        Judgements.towards(open, new double[] {0, 0, 0, 5}, new double[] {1, 1, 1, 1});
    // three pairs share the lower bin, one has the upper: frequencies 3 to 1, tempered by ½
    assertEquals(Math.sqrt(3), weights[3] / weights[0], 1e-12);
    // Kish: (3 + √3)² / (3 + 3) = 2 + √3 equal pairs
    assertEquals(2 + Math.sqrt(3), Arrays.stream(weights).sum(), 1e-12);
  }

  @Test
  void pairsSpreadLikeTheOpenItemsKeepEqualWeights() {
    double[] spread = new double[200];
    Arrays.setAll(spread, i -> i);
    double[] ones = new double[200];
    Arrays.fill(ones, 1);
    double[] weights = Judgements.towards(spread, spread, ones);
    assertEquals(200, Arrays.stream(weights).sum(), 2);
    assertEquals(1, weights[100], 0.06);
  }

  @Test
  void nothingOpenLeavesTheWeights() {
    double[] weights = {0.5, 2};
    assertArrayEquals(weights, Judgements.towards(new double[0], new double[] {1, 2}, weights));
  }

  @Test
  void weightsNeverSayMoreThanThePairsThereAre() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      double[] open = random.doubles(50).toArray();
      double[] pairs = random.doubles(1 + random.nextInt(30)).toArray();
      double[] ones = new double[pairs.length];
      Arrays.fill(ones, 1);
      double sum = Arrays.stream(Judgements.towards(open, pairs, ones)).sum();
      assertEquals(Math.min(sum, pairs.length), sum, 1e-9);
    }
  }
}
