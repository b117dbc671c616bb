package org.atelier.labeling.consolidation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far people agree who answer the same items on their own.
 *
 * <p>Two measures over items with at least two answers, where an answer is what one person says of
 * an item as a whole: with several labels an item two answers are alike only when they are the same
 * set.
 *
 * <ul>
 *   <li>The share of items whose answers are all alike, with Wilson's interval. It is easy to read
 *       but high by chance alone where one label is frequent, and lower with more answers an item.
 *   <li>Krippendorff's alpha for nominal data with missing answers (K. Krippendorff, "Computing
 *       Krippendorff's Alpha-Reliability", 2011): 1 − D<sub>o</sub> / D<sub>e</sub>, the observed
 *       disagreement within items over the one between answers of any items; 1 is full agreement, 0
 *       what people would reach who answer without looking, below 0 they differ more than that. Its
 *       interval is the 2.5 to 97.5 % of {@value #RESAMPLES} resamples of the items with
 *       replacement (A. Zapf et al., "Measuring inter-rater reliability for nominal data", BMC
 *       Medical Research Methodology 16:93, 2016).
 * </ul>
 *
 * Nothing here is ever not a number: what is undefined is null.
 *
 * @param items items with at least two answers
 * @param answers to them
 * @param alike items whose answers are all alike
 * @param alikeFrom lower end of its share's 95 % interval; 0 without items
 * @param alikeTo upper end; 1 without items
 * @param alpha null without items, and where all answers are the same one: then agreement beyond
 *     chance cannot be told
 * @param alphaFrom lower end of its 95 % interval; null below {@value #LEAST} items, and where no
 *     answers differ: resampling cannot show what was never seen
 * @param alphaTo upper end, null with the lower one
 * @param byChance share of pairs of answers to different items that are alike: the agreement of
 *     people who do not look; null as {@code alpha}
 */
public record Agreement(
    int items,
    int answers,
    int alike,
    double alikeFrom,
    double alikeTo,
    Double alpha,
    Double alphaFrom,
    Double alphaTo,
    Double byChance) {

  /** Fewest items that an interval of alpha is given for. */
  public static final int LEAST = 20;

  private static final int RESAMPLES = 1_000;
  private static final double Z = 1.959964;

  /**
   * Measures it.
   *
   * @param items answers of each item, each as a value that equal answers share; items with fewer
   *     than two are passed over
   * @param seed where the resamples come from
   */
  public static <T> Agreement of(List<List<T>> items, long seed) {
    Map<T, Integer> values = new HashMap<>();
    int[][] units =
        items.stream()
            .filter(answers -> answers.size() > 1)
            .map(
                answers ->
                    answers.stream()
                        .mapToInt(one -> values.computeIfAbsent(one, any -> values.size()))
                        .sorted()
                        .toArray())
            .toArray(int[][]::new);
    double[] differing = new double[units.length];
    int[] all = new int[units.length];
    Arrays.setAll(all, i -> i);
    int answers = 0;
    int alike = 0;
    for (int i = 0; i < units.length; i++) {
      differing[i] = differing(units[i]);
      answers += units[i].length;
      alike += differing[i] == 0 ? 1 : 0;
    }
    Sums sums = new Sums(values.size());
    Double alpha = sums.alpha(units, differing, all);
    Double byChance = alpha == null ? null : 1 - sums.expected();
    double[] share = wilson(alike, units.length);
    boolean resampled = alpha != null && units.length >= LEAST && alike < units.length;
    double[] ends = resampled ? resample(units, differing, sums, seed) : null;
    return new Agreement(
        units.length,
        answers,
        alike,
        share[0],
        share[1],
        alpha,
        ends == null ? null : ends[0],
        ends == null ? null : ends[1],
        byChance);
  }

  /** Share of the items whose answers are all alike; 1 without items. */
  public double alikeShare() {
    return items == 0 ? 1 : (double) alike / items;
  }

  /**
   * Pairs of different answers of an item, each answer weighing the same: (m² − Σ n²) / (m − 1).
   */
  private static double differing(int[] sorted) {
    long same = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        same += (long) (i - from) * (i - from);
        from = i;
      }
    }
    return ((long) sorted.length * sorted.length - same) / (double) (sorted.length - 1);
  }

  private static double[] resample(int[][] units, double[] differing, Sums sums, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] alphas = new double[RESAMPLES];
    int known = 0;
    int[] drawn = new int[units.length];
    for (int times = 0; times < RESAMPLES; times++) {
      Arrays.setAll(drawn, i -> random.nextInt(units.length));
      Double alpha = sums.alpha(units, differing, drawn);
      if (alpha != null) {
        alphas[known++] = alpha;
      }
    }
    if (known < RESAMPLES / 2) {
      return null;
    }
    Arrays.sort(alphas, 0, known);
    return new double[] {alphas[(int) (0.025 * (known - 1))], alphas[(int) (0.975 * (known - 1))]};
  }

  private static double[] wilson(int alike, int items) {
    if (items == 0) {
      return new double[] {0, 1};
    }
    double share = (double) alike / items;
    double centre = (share + Z * Z / (2 * items)) / (1 + Z * Z / items);
    double half =
        Z
            * Math.sqrt(share * (1 - share) / items + Z * Z / (4.0 * items * items))
            / (1 + Z * Z / items);
    return new double[] {
      Math.max(0, Math.min(share, centre - half)), Math.min(1, Math.max(share, centre + half))
    };
  }

  /** Adds up items; how often each value is there is counted anew each time. */
  private static final class Sums {
    private final int[] counts;
    private double expected;

    Sums(int values) {
      counts = new int[values];
    }

    /** Alpha over chosen items, which may come more than once; null where it is undefined. */
    Double alpha(int[][] units, double[] differing, int[] chosen) {
      Arrays.fill(counts, 0);
      double observed = 0;
      long n = 0;
      for (int at : chosen) {
        for (int value : units[at]) {
          counts[value]++;
        }
        n += units[at].length;
        observed += differing[at];
      }
      double pairs = (double) n * n;
      for (int count : counts) {
        pairs -= (double) count * count;
      }
      if (pairs <= 0) {
        return null;
      }
      expected = pairs / ((double) n * (n - 1));
      return 1 - observed / n / expected;
    }

    /** The disagreement by chance that the last alpha was measured against. */
    double expected() {
      return expected;
    }
  }
}
