package org.atelier.learning.feature;

import java.util.SplittableRandom;
import org.atelier.learning.numeric.Matrix;
import org.atelier.learning.numeric.SymmetricEigen;

/**
 * The leading principal directions of row vectors by randomised subspace iteration.
 *
 * <p>Source: Halko, Martinsson and Tropp (2011), "Finding Structure with Randomness", SIAM Review
 * 53(2), algorithm 4.4, DOI 10.1137/090771806; orthonormalised through the small Gram matrix.
 *
 * @param mean length = columns of the data (zeros where the data was not centred)
 * @param directions columns × count, orthonormal columns, strongest first
 * @param variances variance of the data along each direction, descending
 */
record PrincipalComponents(float[] mean, Matrix directions, double[] variances) {
  private static final int POWER_ITERATIONS = 3;

  /** Destroys {@code rows} (centres it in place). */
  static PrincipalComponents of(
      float[] rows, int count, int columns, int wanted, boolean centre, SplittableRandom random) {
    float[] mean = new float[columns];
    if (centre) {
      centre(rows, count, columns, mean);
    }
    int kept = Math.min(wanted, Math.min(count, columns));
    int probes = Math.min(kept + 32, Math.min(count, columns));
    Matrix data = Matrix.of(rows, count, columns);
    float[] start = new float[columns * probes];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) (random.nextDouble() - 0.5);
    }
    Matrix basis = orthonormal(Matrix.of(start, columns, probes));
    for (int i = 0; i < POWER_ITERATIONS; i++) {
      Matrix image = data.times(basis);
      basis.close();
      Matrix next = data.transposeTimes(image);
      image.close();
      basis = orthonormal(next);
    }
    Matrix image = data.times(basis);
    data.close();
    SymmetricEigen eigen = gram(image);
    image.close();
    float[] rotation = new float[probes * kept];
    double[] variances = new double[kept];
    for (int j = 0; j < kept; j++) {
      variances[j] = Math.max(0, eigen.values()[j] / count);
      for (int i = 0; i < probes; i++) {
        rotation[i * kept + j] = (float) eigen.vectors()[j][i];
      }
    }
    Matrix directions = basis.times(Matrix.of(rotation, probes, kept));
    basis.close();
    return new PrincipalComponents(mean, directions, variances);
  }

  private static void centre(float[] rows, int count, int columns, float[] mean) {
    double[] sums = new double[columns];
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < columns; c++) {
        sums[c] += rows[r * columns + c];
      }
    }
    for (int c = 0; c < columns; c++) {
      mean[c] = (float) (sums[c] / count);
    }
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < columns; c++) {
        rows[r * columns + c] -= mean[c];
      }
    }
  }

  private static SymmetricEigen gram(Matrix tall) {
    Matrix product = tall.transposeTimes(tall);
    float[] values = product.get();
    product.close();
    int n = tall.columns();
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] = values[i * n + j];
      }
    }
    return SymmetricEigen.of(gram);
  }

  private static Matrix orthonormal(Matrix tall) {
    // Twice, because one pass through a single-precision Gram matrix leaves weak directions skewed.
    return orthonormalOnce(orthonormalOnce(tall));
  }

  private static Matrix orthonormalOnce(Matrix tall) {
    SymmetricEigen eigen = gram(tall);
    int n = tall.columns();
    double floor = Math.max(1e-30, eigen.values()[0] * 1e-10);
    float[] rotation = new float[n * n];
    for (int j = 0; j < n; j++) {
      double scale = 1 / Math.sqrt(Math.max(floor, eigen.values()[j]));
      for (int i = 0; i < n; i++) {
        rotation[i * n + j] = (float) (eigen.vectors()[j][i] * scale);
      }
    }
    Matrix result = tall.times(Matrix.of(rotation, n, n));
    tall.close();
    return result;
  }
}
