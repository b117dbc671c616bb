package org.atelier.learning.dashboard;

import java.math.BigDecimal;
import java.util.Locale;
import org.atelier.learning.certificate.Bounds;

/** Numbers in words, and intervals. */
final class Figures {

  private static final double Z = 1.959964;

  private Figures() {}

  /** 60,000. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** 95.2 %. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A lower bound: 96.29 % is 96.2 %, since more than it says must not be claimed. */
  static String atLeast(double share) {
    return percent(Bounds.down(share));
  }

  /** An upper bound: 1.21 % is 1.3 %. */
  static String atMost(double share) {
    return percent(1 - Bounds.down(1 - share));
  }

  /** 2.5 %, below 0.01 %: a risk is never shown as none. */
  static String risk(double risk) {
    return risk < 0.0001 ? "below 0.01 %" : String.format(Locale.ROOT, "%.2f %%", 100 * risk);
  }

  /** EUR 1,204.50. */
  static String money(String currency, BigDecimal price, long answers) {
    BigDecimal sum = price.multiply(BigDecimal.valueOf(answers));
    return String.format(Locale.ROOT, "%s %,.2f", currency == null ? "" : currency, sum).strip();
  }

  /** 3 days, 5 hours, 40 minutes: the largest unit that is at least 2. */
  static String duration(double hours) {
    if (hours >= 48) {
      return count(Math.round(hours / 24)) + " days";
    }
    long minutes = Math.round(60 * hours);
    if (minutes <= 1) {
      return minutes == 1 ? "1 minute" : "less than a minute";
    }
    return hours >= 2 ? count(Math.round(hours)) + " hours" : minutes + " minutes";
  }

  /**
   * Wilson's interval of a share, 95 %, for a single look: good to read, not to certify.
   *
   * @param n at least 1
   */
  static double[] wilson(double share, long n) {
    double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n)) / (1 + Z * Z / n);
    return new double[] {Math.max(0, centre - half), Math.min(1, centre + half)};
  }
}
