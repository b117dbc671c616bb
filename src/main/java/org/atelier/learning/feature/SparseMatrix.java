package org.atelier.learning.feature;

/**
 * Sparse rows, compressed: row i holds positions starts[i] to starts[i + 1] − 1.
 *
 * @param columns width of the matrix
 * @param starts rows + 1 ascending positions
 * @param indexes column of each stored value, ascending inside a row
 * @param values stored values
 */
public record SparseMatrix(int columns, int[] starts, int[] indexes, float[] values) {
  /** Number of rows. */
  public int rows() {
    return starts.length - 1;
  }

  /** Inner product of a row with weights of length columns(). */
  public double times(int row, double[] weights) {
    double sum = 0;
    for (int p = starts[row]; p < starts[row + 1]; p++) {
      sum += values[p] * weights[indexes[p]];
    }
    return sum;
  }
}
