package org.atelier.learning.sampling;

import java.util.random.RandomGenerator;

/** Chooses what people should label next. Implementations have no state. */
public interface SamplingStrategy {
  /** Name in settings and reports, lower case with hyphens. */
  String name();

  /**
   * Chooses items.
   *
   * @param count how many, 0 to pool.size()
   * @param random the only source of chance; the same state gives the same selection
   * @return {@code count} distinct items of the pool; n = 0 gives an empty selection
   * @throws PoolExhausted if {@code count} exceeds the pool
   * @throws IllegalArgumentException if {@code count} is negative, or if the strategy needs vectors
   *     and the pool has none
   */
  Selection select(Pool pool, int count, RandomGenerator random);
}
