package org.atelier.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlowNumberTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void theSourceIsAskedOnceUntilTheTimeIsOver() {
    SlowNumber number = new SlowNumber(asked::incrementAndGet, Duration.ofNanos(10), now::get);
    assertEquals(1, number.getAsDouble());
    now.addAndGet(9);
    assertEquals(1, number.getAsDouble());
    now.addAndGet(1);
    assertEquals(2, number.getAsDouble());
  }

  @Test
  void aSourceThatFailsIsNotANumberAndIsAskedAgainLater() {
    SlowNumber number =
        new SlowNumber(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("database lost");
              }
              return 7;
            },
            Duration.ofNanos(10),
            now::get);
    assertTrue(Double.isNaN(number.getAsDouble()));
    assertTrue(Double.isNaN(number.getAsDouble()));
    assertEquals(1, asked.get());
    now.addAndGet(10);
    assertEquals(7, number.getAsDouble());
  }
}
