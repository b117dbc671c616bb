package org.atelier.learning.certify;

/**
 * How often a consolidated human label differs from what the blind answers of other people to the
 * same item consolidate to, with a one-sided upper bound.
 *
 * @param disagreements differing items, 0 .. checked
 * @param checked items with a second, independent consolidated judgement (gold, repeats), drawn at
 *     random from the human labels
 * @param upper upper bound of the rate, valid with probability 1 - risk
 * @param lower lower bound of the rate, valid with probability 1 - risk on its own
 * @param risk the bound's share of δ, in (0, 1)
 */
public record HumanError(
    long disagreements, long checked, double upper, double lower, double risk) {

  /**
   * Estimates the rate from repeated items by exact binomial bounds: one look at a sample whose
   * size was fixed beforehand.
   *
   * @throws IllegalArgumentException when the counts or the risk are out of range
   */
  public static HumanError fromRepeats(long disagreements, long checked, double risk) {
    return new HumanError(
        disagreements,
        checked,
        ExactBinomial.upper(disagreements, checked, risk),
        ExactBinomial.lower(disagreements, checked, risk),
        risk);
  }

  /** Returns the share of checked items people agreed on; 1 when none was checked. */
  public double agreement() {
    return checked == 0 ? 1 : 1 - (double) disagreements / checked;
  }
}
