package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How far what two single answers say of an item bounds what two panels say, computed exactly for
 * two labels of which a person says the first with probability p.
 */
class SeveralAnswersTest {

  /** Probability that n independent answers make the first label, ties going to it. */
  private static double panel(double p, int n) {
    double sum = 0;
    for (int first = 0; first <= n; first++) {
      if (2 * first >= n) {
        sum += choose(n, first) * Math.pow(p, first) * Math.pow(1 - p, n - first);
      }
    }
    return sum;
  }

  private static double choose(int n, int k) {
    double value = 1;
    for (int i = 1; i <= k; i++) {
      value = value * (n - k + i) / i;
    }
    return value;
  }

  private static double contested(double p) {
    return 2 * p * (1 - p);
  }

  @Test
  void twoPanelsOfAnOddNumberDisagreeNoMoreThanTwoPeople() {
    for (int n : List.of(1, 3, 5, 7, 9)) {
      for (double p = 0; p <= 1; p += 0.01) {
        assertTrue(contested(panel(p, n)) <= contested(p) + 1e-12, n + " answers, p " + p);
      }
    }
    assertEquals(0.648, panel(0.6, 3), 1e-12);
    assertEquals(0.456192, contested(panel(0.6, 3)), 1e-12);
  }

  /** 0.7 · 0.7 = 0.49: the panel says the second label; two people differ in 0.42 of the cases. */
  @Test
  void twoPanelsOfAnEvenNumberMayDisagreeMoreBecauseTiesGoOneWay() {
    assertEquals(0.51, panel(0.3, 2), 1e-12);
    assertEquals(0.42, contested(0.3), 1e-12);
    assertEquals(0.4998, contested(panel(0.3, 2)), 1e-12);
  }
}
