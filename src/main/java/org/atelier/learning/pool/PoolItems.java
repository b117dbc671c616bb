package org.atelier.learning.pool;

import java.util.UUID;

/** Which item each row of a pool is. Immutable, for several threads; 20 bytes per item. */
public final class PoolItems {

  private final long[] high;
  private final long[] low;
  private final int[] sorted;

  private PoolItems(long[] high, long[] low, int[] sorted) {
    this.high = high;
    this.low = low;
    this.sorted = sorted;
  }

  /**
   * Takes the ids of the rows without copying them.
   *
   * @param high upper halves, by row
   * @param low lower halves, by row
   * @throws IllegalArgumentException when an item has two rows
   */
  public static PoolItems of(long[] high, long[] low) {
    int[] order = sort(high, low);
    for (int i = 1; i < order.length; i++) {
      if (high[order[i - 1]] == high[order[i]] && low[order[i - 1]] == low[order[i]]) {
        throw new IllegalArgumentException("an item has two rows");
      }
    }
    return new PoolItems(high, low, order);
  }

  /** N, the number of rows. */
  public int size() {
    return high.length;
  }

  /** The item of a row. */
  public UUID item(int row) {
    return new UUID(high[row], low[row]);
  }

  /** The row of an item, −1 when the pool does not have it. */
  public int row(UUID item) {
    long h = item.getMostSignificantBits();
    long l = item.getLeastSignificantBits();
    int from = 0;
    int to = sorted.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int row = sorted[middle];
      int order = compare(high[row], low[row], h, l);
      if (order == 0) {
        return row;
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1;
  }

  private static int compare(long h1, long l1, long h2, long l2) {
    int order = Long.compareUnsigned(h1, h2);
    return order != 0 ? order : Long.compareUnsigned(l1, l2);
  }

  /** Rows by id. Ids grow with time and so nearly with the row: natural merges are cheap then. */
  private static int[] sort(long[] high, long[] low) {
    int[] from = new int[high.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = i;
    }
    int[] to = new int[from.length];
    for (long width = 1; width < from.length; width *= 2) {
      for (long at = 0; at < from.length; at += 2 * width) {
        int middle = (int) Math.min(at + width, from.length);
        int end = (int) Math.min(at + 2 * width, from.length);
        merge(high, low, from, to, (int) at, middle, end);
      }
      int[] kept = from;
      from = to;
      to = kept;
    }
    return from;
  }

  private static void merge(
      long[] high, long[] low, int[] from, int[] to, int start, int middle, int end) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          left < middle
              && (right >= end
                  || compare(high[from[left]], low[from[left]], high[from[right]], low[from[right]])
                      <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }
}
