package org.atelier.learning.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every strategy keeps. */
abstract class SamplingStrategyContract {
  abstract SamplingStrategy strategy();

  /** Items 10, 11, 12, 13; three classes. */
  static Pool pool() {
    float[] p = {
      0.90f, 0.05f, 0.05f, //
      0.50f, 0.48f, 0.02f, //
      0.40f, 0.30f, 0.30f, //
      0.60f, 0.20f, 0.20f
    };
    return new Pool(new int[] {10, 11, 12, 13}, p, 3, false, new Line());
  }

  /** Items on a line at their own number. */
  private record Line() implements Pool.Vectors {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public void read(int item, float[] into, int offset) {
      into[offset] = item;
    }
  }

  @Test
  void selectsAsManyDistinctItemsOfThePoolAsAsked() {
    Selection selection = strategy().select(pool(), 3, new SplittableRandom(1));
    assertEquals(3, selection.items().length);
    assertEquals(3, selection.scores().length);
    assertEquals(3, Arrays.stream(selection.items()).distinct().count());
    assertTrue(Arrays.stream(selection.items()).allMatch(item -> item >= 10 && item <= 13));
  }

  @Test
  void selectsTheWholePoolWhenAllIsAsked() {
    int[] items = strategy().select(pool(), 4, new SplittableRandom(1)).items();
    Arrays.sort(items);
    assertArrayEquals(new int[] {10, 11, 12, 13}, items);
  }

  @Test
  void selectsNothingWhenNothingIsAsked() {
    assertEquals(0, strategy().select(pool(), 0, new SplittableRandom(1)).items().length);
  }

  @Test
  void anEmptyPoolGivesNothing() {
    Pool empty = new Pool(new int[0], new float[0], 3, false, new Line());
    assertEquals(0, strategy().select(empty, 0, new SplittableRandom(1)).items().length);
  }

  @Test
  void refusesMoreThanThereIs() {
    assertThrows(PoolExhausted.class, () -> strategy().select(pool(), 5, new SplittableRandom(1)));
  }

  @Test
  void refusesANegativeCount() {
    assertThrows(
        IllegalArgumentException.class,
        () -> strategy().select(pool(), -1, new SplittableRandom(1)));
  }

  @Test
  void sameSeedSelectsTheSame() {
    assertArrayEquals(
        strategy().select(pool(), 3, new SplittableRandom(7)).items(),
        strategy().select(pool(), 3, new SplittableRandom(7)).items());
  }

  @Test
  void leavesThePoolAsItWas() {
    Pool pool = pool();
    strategy().select(pool, 2, new SplittableRandom(1));
    assertArrayEquals(new int[] {10, 11, 12, 13}, pool.items());
  }

  @Test
  void allEqualScoresStillGiveDistinctItems() {
    float[] even = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
    Pool pool = new Pool(new int[] {0, 1, 2}, even, 2, false, new Line());
    assertEquals(
        2,
        Arrays.stream(strategy().select(pool, 2, new SplittableRandom(3)).items())
            .distinct()
            .count());
  }

  @Test
  void isFoundByItsName() {
    assertEquals(
        strategy().getClass(), Strategies.named(strategy().name()).orElseThrow().getClass());
  }
}
