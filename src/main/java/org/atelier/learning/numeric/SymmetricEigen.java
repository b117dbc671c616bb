package org.atelier.learning.numeric;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/** Eigenvalues and vectors of a symmetric matrix, largest first. */
public record SymmetricEigen(double[] values, double[][] vectors) {
  /** vectors[j] belongs to values[j]; only the lower triangle's mean with the upper is read. */
  public static SymmetricEigen of(double[][] symmetric) {
    int n = symmetric.length;
    double[][] clean = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        clean[i][j] = (symmetric[i][j] + symmetric[j][i]) / 2;
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(clean, false));
    RealMatrix v = eigen.getV();
    double[][] vectors = new double[n][];
    for (int j = 0; j < n; j++) {
      vectors[j] = v.getColumn(j);
    }
    return new SymmetricEigen(eigen.getEigenvalues(), vectors);
  }
}
