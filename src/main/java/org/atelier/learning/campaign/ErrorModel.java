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
  private static final int STEPS = 30;
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
    for (int step = 0; step < STEPS; step++) {
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
      double[] move = solve(hessian, gradient);
      double length = Math.sqrt(move[0] * move[0] + move[1] * move[1] + move[2] * move[2]);
      double damp = length > 2 ? 2 / length : 1;
      for (int j = 0; j < 3; j++) {
        w[j] -= damp * move[j];
      }
      if (length < 1e-8) {
        break;
      }
    }
    return new ErrorModel(w);
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
