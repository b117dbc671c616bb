package org.atelier.operations.load;

import java.util.Arrays;
import java.util.Locale;

/** Durations collected by many threads. */
final class Latencies {

  private long[] nanos = new long[1024];
  private int size;

  synchronized void add(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = duration;
  }

  synchronized int size() {
    return size;
  }

  /** Milliseconds that the given share of the durations does not exceed; 0 without durations. */
  synchronized double millis(double share) {
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)] / 1e6;
  }

  /** Median, 95th and 99th percentile and the worst, as cells of a table. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%.1f | %.1f | %.1f | %.1f",
        millis(0.5),
        millis(0.95),
        millis(0.99),
        millis(1));
  }
}
