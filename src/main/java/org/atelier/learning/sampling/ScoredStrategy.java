package org.atelier.learning.sampling;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Takes the items with the highest score; ties are broken at random. */
abstract class ScoredStrategy implements SamplingStrategy {
  /** Score of position {@code i}, finite; more is more wanted. */
  abstract double score(Pool pool, int i);

  @Override
  public Selection select(Pool pool, int count, RandomGenerator random) {
    check(pool, count);
    double[] scores = new double[pool.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(pool, i);
    }
    int[] order = highestFirst(scores, random);
    return selection(pool, scores, Arrays.copyOf(order, count));
  }

  static void check(Pool pool, int count) {
    if (count < 0) {
      throw new IllegalArgumentException("negative count " + count);
    }
    if (count > pool.size()) {
      throw new PoolExhausted(count, pool.size());
    }
  }

  static Selection selection(Pool pool, double[] scores, int[] positions) {
    int[] items = new int[positions.length];
    double[] chosen = new double[positions.length];
    for (int i = 0; i < positions.length; i++) {
      items[i] = pool.items()[positions[i]];
      chosen[i] = scores[positions[i]];
    }
    return new Selection(items, chosen);
  }

  /** Positions by falling score, equal scores in random order. */
  static int[] highestFirst(double[] scores, RandomGenerator random) {
    int n = scores.length;
    Integer[] order = new Integer[n];
    int[] tie = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
      tie[i] = random.nextInt();
    }
    Arrays.sort(
        order,
        (a, b) -> {
          int byScore = Double.compare(scores[b], scores[a]);
          return byScore != 0 ? byScore : Integer.compare(tie[a], tie[b]);
        });
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
