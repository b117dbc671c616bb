package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ErrorModelTest {
  @Test
  void withoutEvidenceTheModelIsTakenAtItsWord() {
    ErrorModel model = ErrorModel.fit(new double[0], new boolean[0], new double[0]);
    assertEquals(0.5, model.error(0), 1e-9);
    assertEquals(1 / (1 + Math.exp(2)), model.error(2), 1e-9);
  }

  @Test
  void findsTheTrueCurveAndNeverRises() {
    int n = 20_000;
    double[] certainty = new double[n];
    boolean[] wrong = new boolean[n];
    double[] even = new double[n];
    Arrays.fill(even, 1);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < n; i++) {
      certainty[i] = 8 * random.nextDouble();
      wrong[i] = random.nextDouble() < 1 / (1 + Math.exp(0.5 + 0.7 * certainty[i]));
    }
    ErrorModel model = ErrorModel.fit(certainty, wrong, even);
    assertEquals(1 / (1 + Math.exp(0.5)), model.error(0), 0.03);
    assertEquals(1 / (1 + Math.exp(1.9)), model.error(2), 0.02);
    for (double c = -16; c < 16; c += 0.25) {
      assertTrue(model.error(c) >= model.error(c + 0.25) - 1e-12);
    }
  }

  /** Whole steps of the fit went astray here and said that nothing is ever wrong. */
  @Test
  void errsOnAverageAsOftenAsTheExamples() {
    for (double slope : new double[] {0.2, 0.3, 0.5, 0.8, 1.2}) {
      for (double mean : new double[] {0, 3, 6, 9, 12}) {
        int n = 2_400;
        double[] certainty = new double[n];
        boolean[] wrong = new boolean[n];
        double[] weights = new double[n];
        Arrays.fill(weights, 0.3);
        SplittableRandom random = new SplittableRandom(7);
        int count = 0;
        for (int i = 0; i < n; i++) {
          certainty[i] = Math.min(16, mean + 6 * random.nextDouble());
          wrong[i] = random.nextDouble() < 1 / (1 + Math.exp(slope * certainty[i] - 2.3));
          count += wrong[i] ? 1 : 0;
        }
        ErrorModel model = ErrorModel.fit(certainty, wrong, weights);
        double expected = Arrays.stream(certainty).map(model::error).average().orElseThrow();
        assertEquals(count / (double) n, expected, 0.01, "slope " + slope + ", mean " + mean);
      }
    }
  }
}
