package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NestedSetsTest {
  /** Items of which the surest s err at s · top / 2n on average. */
  private static Candidates rising(int n, double top) {
    int[] items = new int[n];
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      items[i] = i;
      errors[i] = top * i / n;
    }
    return new Candidates(items, errors);
  }

  @Test
  void twoSmallerAndTwoLargerSetsLieAroundTheHopedOne() {
    // errors to 20 %: the surest 2,000,000 · x err at x, which is 0.65, 0.8 and 1 of 5 %
    NestedSets sets = NestedSets.of(rising(200_000, 0.2), 0.05, 70_000);
    assertEquals(List.of(57_200, 61_750, 65_000, 80_000, 100_000), sets.sizes());
    assertEquals(2, sets.hoped());
    assertEquals(List.of(0.006, 0.006, 0.016, 0.006, 0.006), sets.risks(0.04));
  }

  @Test
  void aHardlyLargerSetIsLeftOut() {
    // all err at 2 % at most: 0.65, 0.8 and 1 of 5 % are all reached by all
    NestedSets sets = NestedSets.of(rising(100_000, 0.04), 0.05, 90_000);
    assertEquals(List.of(88_000, 95_000, 100_000), sets.sizes());
    assertEquals(2, sets.hoped());
    assertEquals(List.of(0.012, 0.012, 0.016), sets.risks(0.04));
  }

  @Test
  void ofFewCandidatesOneSmallerSetHasHalfTheRisk() {
    NestedSets sets = NestedSets.of(rising(1_000, 0.2), 0.05, 350);
    assertEquals(List.of(260, 326), sets.sizes());
    assertEquals(List.of(0.02, 0.02), sets.risks(0.04));
  }

  @Test
  void veryFewCandidatesAreOneSetWithTheWholeRisk() {
    NestedSets sets = NestedSets.of(rising(60, 0.04), 0.05, 60);
    assertEquals(List.of(60), sets.sizes());
    assertEquals(List.of(0.04), sets.risks(0.04));
  }
}
