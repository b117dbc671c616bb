package org.atelier.platform;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * A number that costs a query, computed at most every so often however often it is read. When it
 * cannot be computed, because the database is lost, it is not a number. Thread-safe.
 */
public final class SlowNumber implements DoubleSupplier {

  private final DoubleSupplier source;
  private final long keepNanos;
  private final LongSupplier nanoTime;
  private double value = Double.NaN;
  private long until;
  private boolean known;

  public SlowNumber(DoubleSupplier source, Duration keep) {
    this(source, keep, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  SlowNumber(DoubleSupplier source, Duration keep, LongSupplier nanoTime) {
    this.source = source;
    this.keepNanos = keep.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized double getAsDouble() {
    long now = nanoTime.getAsLong();
    if (!known || now - until >= 0) {
      try {
        value = source.getAsDouble();
      } catch (RuntimeException e) {
        value = Double.NaN;
      }
      known = true;
      until = now + keepNanos;
    }
    return value;
  }
}
