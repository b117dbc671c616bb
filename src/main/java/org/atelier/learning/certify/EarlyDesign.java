package org.atelier.learning.certify;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The chances of draws that are made before the candidates of an audit are known: what an older
 * model says decides how often an item is drawn, in few steps, so that strata can hold items of one
 * chance each.
 *
 * <p>Growth per draw is best where every item's hypothetical error has the same divergence κ from
 * its forecast e ({@link Design}). For what a good audit takes that is nearly q proportional to
 * sqrt(e (1 − e) + 2κ), and κ is the logarithm of what is to be shown over the draws it takes.
 * Items that are no candidates by the older model get the least chance, which some candidates have
 * as well: a smaller one would hold back every bet, should they be candidates by the newer model.
 */
public final class EarlyDesign {

  /** Steps in which the chance doubles. */
  private static final int STEPS = 2;

  private static final int HIGHEST = 6;

  private EarlyDesign() {}

  /**
   * The kinds of items by their chance.
   *
   * @param errors predicted error probabilities, in [0, 1], surest first
   * @param candidates how many of the surest may be candidates
   * @param draws draws that an audit of them is expected to take; 0 where nothing is forecast,
   *     which gives all the same kind
   * @param risk probability with which it may certify wrongly, in (0, 1)
   * @return a kind for each, 0 to {@value #HIGHEST}, greater where it is drawn more often
   */
  public static byte[] kinds(double[] errors, int candidates, int draws, double risk) {
    byte[] kinds = new byte[errors.length];
    if (draws <= 0) {
      return kinds;
    }
    double floor = 2 * -Math.log(risk) / draws;
    for (int i = 0; i < Math.min(candidates, errors.length); i++) {
      double chance = Math.sqrt((errors[i] * (1 - errors[i]) + floor) / floor);
      double step = STEPS * Math.log(chance) / Math.log(2);
      kinds[i] = (byte) Math.max(0, Math.min(HIGHEST, Math.round(step)));
    }
    return kinds;
  }

  /** The relative chance of an item of a kind, 1 for the least. */
  public static double chance(byte kind) {
    return Math.pow(2, kind / (double) STEPS);
  }

  /**
   * The first of a random order: that of draws without replacement by the items' chances.
   *
   * <p>Each item waits for a time with an exponential distribution whose rate is its chance; the
   * order of the times is that of the draws (Efraimidis, Spirakis 2006, "Weighted random sampling
   * with a reservoir", Information Processing Letters 97, doi:10.1016/j.ipl.2005.11.003).
   *
   * @param kinds kind of each item
   * @param most greatest number that comes back
   * @return places in {@code kinds}
   */
  public static int[] order(byte[] kinds, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PriorityQueue<Waiting> first =
        new PriorityQueue<>(Comparator.comparingDouble(Waiting::time).reversed());
    for (int i = 0; i < kinds.length; i++) {
      double time = -Math.log(1 - random.nextDouble()) / chance(kinds[i]);
      if (first.size() < most) {
        first.add(new Waiting(time, i));
      } else if (most > 0 && time < first.peek().time()) {
        first.poll();
        first.add(new Waiting(time, i));
      }
    }
    return first.stream()
        .sorted(Comparator.comparingDouble(Waiting::time))
        .mapToInt(Waiting::item)
        .toArray();
  }

  private record Waiting(double time, int item) {}
}
