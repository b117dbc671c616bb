package org.atelier.learning.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.special.Beta;

/**
 * How often simulated people are wrong, as far as a random sample of gold items tells.
 *
 * @param answers single answers that the sample cost
 * @param atMost upper confidence bound of the share of wrong consolidated labels, 0 to 1
 */
public record HumanErrorSample(int answers, double atMost) {
  /** No sample, no knowledge. */
  public static final HumanErrorSample NONE = new HumanErrorSample(0, 1);

  private static final int MOST = 400;

  /**
   * Asks about gold items: a tenth of the budget, at most {@value #MOST} items.
   *
   * @param risk probability that the bound is too low
   */
  public static HumanErrorSample draw(
      int[][] truth, SimulatedPeople people, int budget, double risk, long seed) {
    int[] known = IntStream.range(0, truth.length).filter(item -> truth[item] != null).toArray();
    int count = Math.min(Math.min(MOST, known.length), budget / 10 / people.answersPerItem());
    SplittableRandom random = new SplittableRandom(seed ^ 0x601d);
    int wrong = 0;
    for (int i = 0; i < count; i++) {
      int item = known[random.nextInt(known.length)];
      wrong += Arrays.equals(people.label(item), truth[item]) ? 0 : 1;
    }
    return new HumanErrorSample(count * people.answersPerItem(), upper(wrong, count, risk));
  }

  /**
   * Exact upper confidence bound for a proportion.
   *
   * <p>Source: Clopper and Pearson (1934), "The use of confidence or fiducial limits", Biometrika
   * 26, DOI 10.1093/biomet/26.4.404. No draws give 1.
   */
  static double upper(int wrong, int count, double risk) {
    if (count == 0 || wrong == count) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      // P(at most "wrong" errors | p) = 1 − I_p(wrong + 1, count − wrong)
      if (1 - Beta.regularizedBeta(middle, wrong + 1.0, count - wrong) > risk) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
