package org.atelier.learning.certify;

/**
 * Recalibrates the predicted error probabilities by the audit's own outcomes: a logistic correction
 * (intercept and slope, with priors that hold them near 0 and 1) followed by shrinking each
 * stratum's own rate towards it.
 *
 * <p>It only steers where to draw and how much to bet. A wrong forecast costs draws, never
 * validity. Source of the logistic correction: Platt (1999), "Probabilistic outputs for support
 * vector machines", Advances in Large Margin Classifiers; the priors are ours.
 */
final class Forecast {
  private static final double INTERCEPT_DEVIATION = 0.5;
  private static final double SLOPE_DEVIATION = 0.25;

  /** Answers of a stratum that weigh as much as the fitted curve. */
  private static final double CURVE_WEIGHT = 120;

  private final double[] logit;
  private final double[] rates;
  private double intercept;
  private double slope = 1;
  private double interceptVariance = INTERCEPT_DEVIATION * INTERCEPT_DEVIATION;

  Forecast(double[] predicted, double centre) {
    logit = new double[predicted.length];
    double middle = logOdds(Math.min(Strata.MOST, Math.max(0.002, centre)));
    for (int b = 0; b < logit.length; b++) {
      logit[b] = logOdds(predicted[b]) - middle;
    }
    offset = middle;
    rates = predicted.clone();
  }

  private final double offset;

  /** Fits to the counts of each stratum. */
  void fit(int[] drawn, int[] wrong) {
    for (int round = 0; round < 12; round++) {
      double step = newton(drawn, wrong);
      if (step < 1e-6) {
        break;
      }
    }
    for (int b = 0; b < rates.length; b++) {
      double curve = curve(b);
      double rate = (CURVE_WEIGHT * curve + wrong[b]) / (CURVE_WEIGHT + drawn[b]);
      rates[b] = Math.min(Strata.MOST, Math.max(Strata.LEAST, rate));
    }
  }

  /** Returns the error probability of a stratum, in [0.0001, 0.95]. */
  double rate(int stratum) {
    return rates[stratum];
  }

  /** Returns the standard deviation of the fitted intercept (log odds). */
  double interceptDeviation() {
    return Math.sqrt(interceptVariance);
  }

  private double curve(int b) {
    return 1 / (1 + Math.exp(-(offset + intercept + slope * logit[b])));
  }

  private double newton(int[] drawn, int[] wrong) {
    double g0 = -intercept / (INTERCEPT_DEVIATION * INTERCEPT_DEVIATION);
    double g1 = -(slope - 1) / (SLOPE_DEVIATION * SLOPE_DEVIATION);
    double h00 = 1 / (INTERCEPT_DEVIATION * INTERCEPT_DEVIATION);
    double h01 = 0;
    double h11 = 1 / (SLOPE_DEVIATION * SLOPE_DEVIATION);
    for (int b = 0; b < logit.length; b++) {
      if (drawn[b] > 0) {
        double p = curve(b);
        double residual = wrong[b] - drawn[b] * p;
        double weight = drawn[b] * p * (1 - p);
        g0 += residual;
        g1 += residual * logit[b];
        h00 += weight;
        h01 += weight * logit[b];
        h11 += weight * logit[b] * logit[b];
      }
    }
    double determinant = h00 * h11 - h01 * h01;
    double step0 = (h11 * g0 - h01 * g1) / determinant;
    double step1 = (h00 * g1 - h01 * g0) / determinant;
    interceptVariance = h11 / determinant;
    double length = Math.hypot(step0, step1);
    double damp = length > 1 ? 1 / length : 1;
    intercept += damp * step0;
    slope += damp * step1;
    return length;
  }

  static double logOdds(double p) {
    return Math.log(p / (1 - p));
  }
}
