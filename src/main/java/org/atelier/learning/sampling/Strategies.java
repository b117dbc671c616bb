package org.atelier.learning.sampling;

import java.util.List;
import java.util.Optional;

/** All strategies by name. */
public final class Strategies {
  private static final List<SamplingStrategy> ALL =
      List.of(
          new SmallestMargin(),
          new ClusteredMargin(),
          new LeastConfidence(),
          new HighestEntropy(),
          new UniformRandom());

  private Strategies() {}

  /** Every strategy, the default first. */
  public static List<SamplingStrategy> all() {
    return ALL;
  }

  /** The strategy of that name; empty when there is none. */
  public static Optional<SamplingStrategy> named(String name) {
    return ALL.stream().filter(strategy -> strategy.name().equals(name)).findFirst();
  }
}
