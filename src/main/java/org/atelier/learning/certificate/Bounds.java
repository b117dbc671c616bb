package org.atelier.learning.certificate;

/** Bounds as they are shown: rounded to the side on which they still hold. */
public final class Bounds {

  private static final double STEPS = 1_000;

  /** What rounding of sums may have taken from a bound that stands at a step. */
  private static final double ROUNDING = 1e-6;

  private Bounds() {}

  /**
   * A lower bound in whole tenths of a percent.
   *
   * @param share in [0, 1]
   * @return at most {@code share}, by less than 0.001
   */
  public static double down(double share) {
    return Math.floor(share * STEPS + ROUNDING) / STEPS;
  }
}
