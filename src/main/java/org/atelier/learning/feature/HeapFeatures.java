package org.atelier.learning.feature;

import java.util.Objects;

/** Features held in memory. */
public final class HeapFeatures implements FeatureMatrix {
  private final float[][] rows;
  private final int columns;
  private final int antisymmetricFrom;

  /**
   * Wraps rows without copying them.
   *
   * @param rows N rows of {@code columns} finite values each
   * @param antisymmetricFrom see {@link FeatureMatrix#antisymmetricFrom()}
   * @throws IllegalArgumentException if a row has another length
   */
  public HeapFeatures(float[][] rows, int columns, int antisymmetricFrom) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " values instead of " + columns);
      }
    }
    this.rows = rows;
    this.columns = columns;
    this.antisymmetricFrom = antisymmetricFrom;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int antisymmetricFrom() {
    return antisymmetricFrom;
  }

  @Override
  public void read(int row, float[] into, int offset) {
    Objects.checkFromIndexSize(offset, columns, into.length);
    System.arraycopy(rows[row], 0, into, offset, columns);
  }
}
