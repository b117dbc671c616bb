package org.atelier.learning.pool;

import java.util.Objects;
import org.atelier.learning.feature.FeatureMatrix;

/** Dense features of a pool's first rows, read from a mapped file. */
final class StoredFeatures implements FeatureMatrix {

  private final MappedFile file;
  private final int rows;
  private final int columns;
  private final int antisymmetricFrom;

  StoredFeatures(MappedFile file, int rows, int columns, int antisymmetricFrom) {
    if (file.records() < rows) {
      throw new IllegalStateException(file.records() + " of " + rows + " items have features");
    }
    this.file = file;
    this.rows = rows;
    this.columns = columns;
    this.antisymmetricFrom = antisymmetricFrom;
  }

  @Override
  public int rows() {
    return rows;
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
    Objects.checkIndex(row, rows);
    file.floats(row, into, offset);
  }
}
