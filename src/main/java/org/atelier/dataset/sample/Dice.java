package org.atelier.dataset.sample;

import java.util.List;
import java.util.Random;

/** Chance, in the words of a designer. */
record Dice(Random random) {

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Normal around a mean, kept within three deviations. */
  double about(double mean, double deviation) {
    return mean + deviation * Math.max(-3, Math.min(3, random.nextGaussian()));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int seed() {
    return random.nextInt();
  }

  int count(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }
}
