package org.atelier.platform.storage;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A set of digests that keeps 8 of their 32 bytes, so that millions fit in little memory. Two
 * digests that share them count as one: it may hold too many, never too few. For one thread.
 */
final class DigestSet {

  private static final int KEPT_DIGITS = 16;

  private long[] values = new long[1024];
  private int size;
  private boolean sorted = true;

  void add(String sha256) {
    Digests.bytes(sha256);
    if (size == values.length) {
      compact();
      if (size > values.length / 2) {
        values = Arrays.copyOf(values, values.length * 2);
      }
    }
    values[size++] = HexFormat.fromHexDigitsToLong(sha256, 0, KEPT_DIGITS);
    sorted = false;
  }

  boolean contains(String sha256) {
    if (!sorted) {
      compact();
    }
    long value = HexFormat.fromHexDigitsToLong(sha256, 0, KEPT_DIGITS);
    return Arrays.binarySearch(values, 0, size, value) >= 0;
  }

  /** Number of different values. */
  int size() {
    if (!sorted) {
      compact();
    }
    return size;
  }

  private void compact() {
    Arrays.sort(values, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || values[i] != values[i - 1]) {
        values[kept++] = values[i];
      }
    }
    size = kept;
    sorted = true;
  }
}
