package org.atelier.learning.pool;

import java.util.Arrays;
import org.atelier.learning.feature.FeatureMatrix;
import org.atelier.learning.feature.SparseMatrix;

/** Cosines between rows of features. Pure. */
final class Cosines {

  private Cosines() {}

  static double[][] ofDense(FeatureMatrix values, int[] rows) {
    float[][] vectors = new float[rows.length][values.columns()];
    for (int i = 0; i < rows.length; i++) {
      values.read(rows[i], vectors[i], 0);
    }
    return all(rows.length, (i, j) -> product(vectors[i], vectors[j]));
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int c = 0; c < one.length; c++) {
      sum += (double) one[c] * other[c];
    }
    return sum;
  }

  static double[][] ofSparse(SparseMatrix values, int[] rows) {
    return all(rows.length, (i, j) -> product(values, rows[i], rows[j]));
  }

  /** Columns of a row need no order. */
  private static double product(SparseMatrix values, int one, int other) {
    int from = values.starts()[one];
    int to = values.starts()[one + 1];
    double sum = 0;
    for (int p = values.starts()[other]; p < values.starts()[other + 1]; p++) {
      for (int q = from; q < to; q++) {
        if (values.indexes()[q] == values.indexes()[p]) {
          sum += (double) values.values()[q] * values.values()[p];
        }
      }
    }
    return sum;
  }

  private interface Product {
    double of(int i, int j);
  }

  private static double[][] all(int count, Product product) {
    double[] lengths = new double[count];
    Arrays.setAll(lengths, i -> Math.sqrt(product.of(i, i)));
    double[][] cosines = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double length = lengths[i] * lengths[j];
        cosines[i][j] = length > 0 ? product.of(i, j) / length : 0;
        cosines[j][i] = cosines[i][j];
      }
    }
    return cosines;
  }
}
