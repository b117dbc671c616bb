package org.atelier.learning.model;

import java.util.Arrays;
import org.atelier.learning.feature.SparseMatrix;
import org.atelier.learning.sampling.Pool;

/**
 * Sparse rows as short dense vectors, made when they are read: every column adds its value, with a
 * sign of its own, to one of 256 places. Inner products, and so distances, are kept on average,
 * with a variance of about the squared norms divided by 256.
 *
 * <p>Source: K. Weinberger, A. Dasgupta, J. Langford, A. Smola, J. Attenberg, "Feature hashing for
 * large scale multitask learning", ICML 2009, equation 2 and lemma 2.
 */
final class HashedVectors implements Pool.Vectors {

  static final int COLUMNS = 256;

  private final SparseMatrix rows;

  HashedVectors(SparseMatrix rows) {
    this.rows = rows;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void read(int item, float[] into, int offset) {
    Arrays.fill(into, offset, offset + COLUMNS, 0);
    for (int p = rows.starts()[item]; p < rows.starts()[item + 1]; p++) {
      long hash = mixed(rows.indexes()[p]);
      int place = (int) (hash >>> 1) & (COLUMNS - 1);
      into[offset + place] += (hash & 1) == 0 ? rows.values()[p] : -rows.values()[p];
    }
  }

  /** The finaliser of MurmurHash3: every bit of the column moves every bit of the hash. */
  private static long mixed(int column) {
    long h = column + 0x9E3779B97F4A7C15L;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
