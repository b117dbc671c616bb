package org.atelier.learning.certify;

/**
 * How often human labels are contested: a second person, asked blind, says something else than the
 * first. For labels of one answer that is how often they differ from what another person says; for
 * labels of several answers it stands for how often two panels would differ. With two labels and an
 * odd number of independent answers it is an upper bound of that: a majority says the likelier
 * label with m ≥ p ≥ 1/2 (Condorcet 1785), so 2m(1 − m) ≤ 2p(1 − p), item by item. With an even
 * number, or a plurality among four labels and more, ties that go to the first label can make
 * panels differ a little more than people.
 *
 * @param disagreements labels on which the two differ, 0 .. checked
 * @param checked labels that two people gave blind answers to, among those drawn for a check
 * @param upper upper bound of the rate over all human labels, valid with probability 1 - risk, at
 *     all times at once
 * @param lower lower bound of the rate, valid with probability 1 - risk on its own, at all times
 * @param risk the bound's share of δ, in (0, 1)
 */
public record HumanError(
    long disagreements, long checked, double upper, double lower, double risk) {

  /** Alternatives as parts of the way from the share to 0 or to 1. */
  private static final double[] GRID = {0.04, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95};

  /**
   * Bounds the rate while labels and checks keep coming.
   *
   * <p>Every human label is chosen for a check with the same known probability, independently of
   * everything else and before anybody has answered. Of D contested labels the number K found is
   * then a sum of D independent coin throws, and as D grows the mixture over θ of (θ/s)^K ((1 −
   * θ)/(1 − s))^(D − K), s the share, is a martingale that starts at 1. By Ville's inequality
   * (1939) it ever reaches 1 / risk with probability at most risk, so that every D at which it does
   * can be ruled out, at all looks at once; alternatives below s rule out large D, alternatives
   * above s small ones. What labels are asked next may depend on anything seen. Source of the
   * method of mixtures: Robbins (1970), "Statistical methods related to the law of the iterated
   * logarithm", Annals of Mathematical Statistics 41, doi:10.1214/aoms/1177696786.
   *
   * <p>Chosen labels without a second blind answer are contested for the upper bound, since nobody
   * knows what it would be, and agreed on for the lower one, since nobody has disagreed.
   *
   * @param differing chosen labels whose two blind answers differ
   * @param missing chosen labels whose second blind answer is missing
   * @param checked chosen labels, at least {@code differing + missing}
   * @param labels all human labels the rate is about, at least {@code checked}
   * @param share probability with which each was chosen, in (0, 1]; 1 leaves nothing to chance
   * @param unchecked labels that could not be chosen at all: they count as contested
   * @throws IllegalArgumentException when the counts, the share or the risk are out of range
   */
  public static HumanError fromRepeats(
      long differing,
      long missing,
      long checked,
      long labels,
      double share,
      long unchecked,
      double risk) {
    boolean counts =
        0 <= Math.min(differing, missing)
            && differing + missing <= checked
            && checked <= labels
            && unchecked >= 0;
    if (!counts || !(share > 0 && share <= 1) || !(risk > 0 && risk < 1)) {
      throw new IllegalArgumentException(
          "%d differing and %d missing of %d checked of %d labels, share %s, risk %s"
              .formatted(differing, missing, checked, labels, share, risk));
    }
    long all = labels + unchecked;
    if (all == 0) {
      return new HumanError(0, 0, 1, 0, risk);
    }
    long contested = differing + missing;
    double most = Math.min(labels, most(contested, labels, share, risk)) + unchecked;
    double least = least(differing, share, risk);
    return new HumanError(differing, checked - missing, most / all, Math.min(1, least / all), risk);
  }

  /** As above, where every chosen label has its second answer. */
  public static HumanError fromRepeats(
      long differing, long checked, long labels, double share, long unchecked, double risk) {
    return fromRepeats(differing, 0, checked, labels, share, unchecked, risk);
  }

  /** Returns the greatest number of contested labels not ruled out, at most {@code labels}. */
  private static long most(long found, long labels, double share, double risk) {
    if (share == 1) {
      return found;
    }
    long low = found - 1;
    long high = labels + 1;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (logMixture(found, middle, share, -share) >= -Math.log(risk)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.max(found, high - 1);
  }

  /** Returns the smallest number of contested labels not ruled out. */
  private static long least(long found, double share, double risk) {
    if (share == 1) {
      return found;
    }
    long low = found - 1;
    long high = (long) Math.ceil(found / share) + 1;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (logMixture(found, middle, share, 1 - share) >= -Math.log(risk)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double logMixture(long found, long contested, double share, double way) {
    double[] logs = new double[GRID.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < GRID.length; k++) {
      double other = share + GRID[k] * way;
      logs[k] =
          found * Math.log(other / share)
              + (contested - found) * Math.log((1 - other) / (1 - share));
      greatest = Math.max(greatest, logs[k]);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - greatest);
    }
    return greatest + Math.log(sum / GRID.length);
  }

  /** Returns the share of checked items people agreed on; 1 when none was checked. */
  public double agreement() {
    return checked == 0 ? 1 : 1 - (double) disagreements / checked;
  }
}
