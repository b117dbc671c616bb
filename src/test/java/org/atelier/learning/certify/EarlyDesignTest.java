package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Draws made before the candidates of an audit are known. */
class EarlyDesignTest {

  private static final int TRIES = 40_000;

  @Test
  void theUnsureAreDrawnMoreOftenAndWhatIsNoCandidateAsSeldomAsTheSurest() {
    // floor: 2 ln 20 / 600 = 0.01; sqrt((0.09 + 0.01) / 0.01) = 3.16, in halves of a doubling 3.3
    double[] errors = {0, 0.0001, 0.1, 0.5, 0.5};
    byte[] kinds = EarlyDesign.kinds(errors, 4, 600, 0.05);
    assertArrayEquals(new byte[] {0, 0, 3, 5, 0}, kinds);
    assertEquals(1, EarlyDesign.chance((byte) 0));
    assertEquals(2 * Math.sqrt(2), EarlyDesign.chance((byte) 3), 1e-12);
  }

  @Test
  void whereNothingIsForecastAllAreAlike() {
    assertArrayEquals(new byte[2], EarlyDesign.kinds(new double[] {0.01, 0.5}, 2, 0, 0.05));
  }

  @Test
  void anOrderIsThatOfDrawsByTheChancesAmongAllAndAmongSome() {
    // chances 1, 1, 2, 4
    byte[] kinds = {0, 0, 2, 4};
    int[] first = new int[4];
    int third = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      int[] order = EarlyDesign.order(kinds, 4, seed);
      first[order[0]]++;
      int ofSome = Arrays.stream(order).filter(item -> item != 3).findFirst().orElseThrow();
      third += ofSome == 2 ? 1 : 0;
    }
    double[] expected = {1 / 8.0, 1 / 8.0, 2 / 8.0, 4 / 8.0};
    for (int item = 0; item < 4; item++) {
      assertEquals(expected[item], first[item] / (double) TRIES, 0.01);
    }
    assertEquals(0.5, third / (double) TRIES, 0.01, "2 of 1 + 1 + 2 without the last item");
  }

  @Test
  void theFirstOfAnOrderAreTheFirstOfTheWholeOne() {
    byte[] kinds = new byte[500];
    Arrays.setAll(new int[500], i -> kinds[i] = (byte) (i % 7));
    int[] all = EarlyDesign.order(kinds, 900, 3);
    assertEquals(500, all.length);
    assertEquals(500, Arrays.stream(all).distinct().count());
    assertArrayEquals(Arrays.copyOf(all, 60), EarlyDesign.order(kinds, 60, 3));
    assertEquals(0, EarlyDesign.order(kinds, 0, 3).length);
    assertTrue(!Arrays.equals(all, EarlyDesign.order(kinds, 900, 4)));
  }
}
