package org.atelier.home.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.atelier.labeling.TaskType;

/**
 * What simulated people say. The same person says the same of the same item however often one asks;
 * different people err independently.
 */
final class SimulatedAnswers {
  private static final double SLOWEST = 9_000;
  private static final double USUAL = 1_900;

  private final Map<String, Integer> classes;
  private final int[] choosable;
  private final TaskType type;
  private final double errorRate;
  private final double[][] confusion;
  private final long seed;

  /**
   * @param classes class index of every label name
   * @param choosable class indexes that can be chosen
   * @param errorRate probability of a wrong answer, 0 to 1
   */
  SimulatedAnswers(
      Map<String, Integer> classes, int[] choosable, TaskType type, double errorRate, long seed) {
    this(classes, choosable, type, errorRate, null, seed);
  }

  /**
   * As above, with chances of each answer in place of the even error rate.
   *
   * @param confusion K × K, row true class, rows sum to 1; null for the even rate, which several
   *     labels per item always keep
   */
  SimulatedAnswers(
      Map<String, Integer> classes,
      int[] choosable,
      TaskType type,
      double errorRate,
      double[][] confusion,
      long seed) {
    this.confusion = confusion;
    this.classes = Map.copyOf(classes);
    this.choosable = choosable.clone();
    this.type = type;
    this.errorRate = errorRate;
    this.seed = seed;
  }

  /**
   * The class indexes a person chooses for an item with these known labels, ascending; empty
   * optional when the known labels are unknown or outside the label set.
   */
  Optional<int[]> answer(UUID person, UUID item, List<String> knownLabels) {
    if (knownLabels == null || !classes.keySet().containsAll(knownLabels)) {
      return Optional.empty();
    }
    if (type == TaskType.SINGLE && knownLabels.size() != 1) {
      return Optional.empty();
    }
    int[] truth = knownLabels.stream().mapToInt(classes::get).sorted().toArray();
    Random random = random(person, item);
    if (confusion != null && type == TaskType.SINGLE) {
      return Optional.of(new int[] {confused(truth[0], random)});
    }
    if (random.nextDouble() >= errorRate || choosable.length < 2) {
      return Optional.of(truth);
    }
    return Optional.of(
        type == TaskType.SINGLE ? otherThan(truth[0], random) : flipped(truth, random));
  }

  /** How long a person looks at an item, in milliseconds. */
  int activeMillis(UUID person, UUID item) {
    Random random = random(item, person);
    return (int) Math.min(SLOWEST, USUAL * Math.exp(0.45 * random.nextGaussian()));
  }

  private int confused(int truth, Random random) {
    double at = random.nextDouble();
    for (int answered : choosable) {
      at -= confusion[truth][answered];
      if (at < 0) {
        return answered;
      }
    }
    return truth;
  }

  private int[] otherThan(int truth, Random random) {
    int[] others = Arrays.stream(choosable).filter(one -> one != truth).toArray();
    return new int[] {others[random.nextInt(others.length)]};
  }

  /** One label is forgotten or wrongly added. */
  private int[] flipped(int[] truth, Random random) {
    int one = choosable[random.nextInt(choosable.length)];
    if (Arrays.binarySearch(truth, one) >= 0) {
      return Arrays.stream(truth).filter(other -> other != one).toArray();
    }
    int[] more = Arrays.copyOf(truth, truth.length + 1);
    more[truth.length] = one;
    Arrays.sort(more);
    return more;
  }

  private Random random(UUID one, UUID other) {
    long mixed = seed * 0x9E3779B97F4A7C15L + one.getLeastSignificantBits();
    mixed = mixed * 0xBF58476D1CE4E5B9L + other.getLeastSignificantBits();
    mixed =
        mixed * 0x94D049BB133111EBL + one.getMostSignificantBits() + other.getMostSignificantBits();
    return new Random(mixed ^ (mixed >>> 31));
  }
}
