package org.atelier.learning.pool;

import java.util.List;
import java.util.Objects;
import org.atelier.learning.feature.FeatureMatrix;

/** Dense features of a pool's first rows, read from mapped files that follow each other. */
final class StoredFeatures implements FeatureMatrix {

  private final MappedFile[] files;
  private final int[] ends;
  private final int rows;
  private final int columns;
  private final int antisymmetricFrom;

  /**
   * @param files runs of rows in their order
   * @param rows how many of them are used
   */
  StoredFeatures(List<MappedFile> files, int rows, int columns, int antisymmetricFrom) {
    this.files = files.toArray(new MappedFile[0]);
    this.ends = new int[this.files.length];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += this.files[i].records();
      ends[i] = end;
    }
    if (end < rows) {
      throw new IllegalStateException(end + " of " + rows + " items have features");
    }
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
    int file = 0;
    while (row >= ends[file]) {
      file++;
    }
    int first = file == 0 ? 0 : ends[file - 1];
    files[file].floats(row - first, into, offset);
  }
}
