package org.atelier.learning.pool;

/**
 * A run of rows that were added together.
 *
 * @param lastOrdinal ordinal of its last item; 0 where only values are kept
 * @param sha256 stored object with one record per row
 */
record PartRow(int firstRow, int rowCount, int lastOrdinal, String sha256) {

  int end() {
    return firstRow + rowCount;
  }
}
