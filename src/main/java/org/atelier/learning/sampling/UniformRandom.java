package org.atelier.learning.sampling;

import java.util.random.RandomGenerator;

/** Wants every item equally: the yardstick the other strategies are held against. */
public final class UniformRandom implements SamplingStrategy {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public Selection select(Pool pool, int count, RandomGenerator random) {
    ScoredStrategy.check(pool, count);
    int[] items = pool.items().clone();
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(items.length - i);
      chosen[i] = items[j];
      items[j] = items[i];
    }
    return new Selection(chosen, new double[count]);
  }
}
