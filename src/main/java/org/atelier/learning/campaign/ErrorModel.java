package org.atelier.learning.campaign;

/**
 * Probability that a machine label is wrong, from how sure the model is of it: a logistic curve in
 * the certainty and its square, fitted to held-out predictions.
 *
 * <p>Source: Platt (1999), "Probabilistic outputs for support vector machines". Deviation: the
 * square, and a weak prior at slope −1 that a dozen examples overrule.
 */
final class ErrorModel {
  private static final double PRIOR = 1;
  private static final int STEPS = 100;
  private static final double[] CENTRE = {0, -1, 0};

  private final double[] weights;

  private ErrorModel(double[] weights) {
    this.weights = weights;
  }

  /**
   * Fits the curve.
   *
   * @param certainties log odds of being right as the model sees them, |x| ≤ 16
   * @param wrong whether each was wrong
   * @param importance weight of each, at least 0
   */
  static ErrorModel fit(double[] certainties, boolean[] wrong, double[] importance) {
    double[] w = CENTRE.clone();
    double loss = loss(w, certainties, wrong, importance);
    for (int step = 0; step < STEPS; step++) {
      double[] move = newton(w, certainties, wrong, importance);
      double length = Math.sqrt(move[0] * move[0] + move[1] * move[1] + move[2] * move[2]);
      if (length < 1e-8) {
        break;
      }
      // The loss is convex: a step that does not lower it was too long.
      double[] next = moved(w, move, 1);
      double lower = loss(next, certainties, wrong, importance);
      for (double part = 0.5; lower > loss && part > 1e-9; part /= 2) {
        next = moved(w, move, part);
        lower = loss(next, certainties, wrong, importance);
      }
      if (lower > loss) {
        break;
      }
      w = next;
      loss = lower;
    }
    return new ErrorModel(w);
  }

  private static double[] moved(double[] w, double[] move, double part) {
    return new double[] {w[0] - part * move[0], w[1] - part * move[1], w[2] - part * move[2]};
  }

  private static double loss(
      double[] w, double[] certainties, boolean[] wrong, double[] importance) {
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      sum += PRIOR / 2 * (w[j] - CENTRE[j]) * (w[j] - CENTRE[j]);
    }
    for (int i = 0; i < certainties.length; i++) {
      double[] x = terms(certainties[i]);
      double odds = w[0] * x[0] + w[1] * x[1] + w[2] * x[2];
      double against = wrong[i] ? -odds : odds;
      // ln(1 + exp(against)) without overflow
      sum += importance[i] * (Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against))));
    }
    return sum;
  }

  private static double[] newton(
      double[] w, double[] certainties, boolean[] wrong, double[] importance) {
    double[] gradient = new double[3];
    double[][] hessian = new double[3][3];
    for (int j = 0; j < 3; j++) {
      gradient[j] = PRIOR * (w[j] - CENTRE[j]);
      hessian[j][j] = PRIOR;
    }
    for (int i = 0; i < certainties.length; i++) {
      double[] x = terms(certainties[i]);
      double p = logistic(w, x);
      double residual = importance[i] * (p - (wrong[i] ? 1 : 0));
      double curvature = importance[i] * Math.max(1e-6, p * (1 - p));
      for (int j = 0; j < 3; j++) {
        gradient[j] += residual * x[j];
        for (int k = 0; k < 3; k++) {
          hessian[j][k] += curvature * x[j] * x[k];
        }
      }
    }
    return solve(hessian, gradient);
  }

  /** Error probability in [0.0002, 0.95], never rising with certainty. */
  double error(double certainty) {
    double c = certainty;
    if (weights[2] > 0) {
      // Past its lowest point the parabola would rise again; hold it there.
      c = Math.min(c, turningPoint());
    } else if (weights[2] < 0) {
      c = Math.max(c, turningPoint());
    }
    return Math.max(0.0002, Math.min(0.95, logistic(weights, terms(c))));
  }

  private double turningPoint() {
    return -2 * weights[1] / weights[2];
  }

  private static double[] terms(double certainty) {
    double x = certainty;
    return new double[] {1, x, x * x / 4};
  }

  private static double logistic(double[] w, double[] x) {
    return 1 / (1 + Math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2] * x[2])));
  }

  private static double[] solve(double[][] a, double[] b) {
    double[][] m = new double[3][4];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(a[i], 0, m[i], 0, 3);
      m[i][3] = b[i];
    }
    for (int i = 0; i < 3; i++) {
      for (int r = i + 1; r < 3; r++) {
        double factor = m[r][i] / m[i][i];
        for (int c = i; c < 4; c++) {
          m[r][c] -= factor * m[i][c];
        }
      }
    }
    double[] x = new double[3];
    for (int i = 2; i >= 0; i--) {
      double sum = m[i][3];
      for (int c = i + 1; c < 3; c++) {
        sum -= m[i][c] * x[c];
      }
      x[i] = sum / m[i][i];
    }
    return x;
  }
}
