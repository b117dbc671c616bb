package org.atelier.learning.feature;

import org.atelier.learning.sampling.Pool;

/**
 * Dense features of N items, row i = item i, computed once and read by every round; safe for use by
 * several threads.
 */
public interface FeatureMatrix extends Pool.Vectors {
  /** N, at least 0. */
  int rows();

  /** Features per item, at least 1. */
  @Override
  int columns();

  /**
   * First column that changes its sign when the item is mirrored left to right; columns() when
   * mirroring is not known to these features.
   */
  int antisymmetricFrom();

  /**
   * Copies one row into {@code into[offset .. offset + columns())}.
   *
   * @throws IndexOutOfBoundsException if row is not in 0 … rows() − 1 or the array is too short
   */
  @Override
  void read(int row, float[] into, int offset);
}
