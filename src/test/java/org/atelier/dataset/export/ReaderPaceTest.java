package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReaderPaceTest {

  private final ReaderPace pace = new ReaderPace();

  @Test
  void whoTakesNothingForAMinuteIsTooSlow() {
    pace.offered(at(0));
    assertFalse(pace.isTooSlow(at(59)));
    assertTrue(pace.isTooSlow(at(61)));
  }

  @Test
  void whoTakesAByteNowAndThenIsTooSlow() {
    for (int second = 0; second < 60; second++) {
      assertFalse(pace.isTooSlow(at(second)), "after " + second + " seconds");
      pace.offered(at(second));
      pace.taken(at(second + 1), 8_192);
    }
    assertTrue(pace.isTooSlow(at(60)));
  }

  @Test
  void whoTakesAMegabyteAMinuteMayReadOnAndIsMeasuredAnew() {
    for (int second = 0; second < 600; second += 10) {
      pace.offered(at(second));
      pace.taken(at(second + 10), ReaderPace.LEAST_BYTES / 6 + 1);
      assertFalse(pace.isTooSlow(at(second + 10)), "after " + second + " seconds");
    }
    pace.offered(at(600));
    assertTrue(pace.isTooSlow(at(661)));
  }

  @Test
  void timeInWhichTheExportHasNothingToOfferIsNotTheReaders() {
    pace.offered(at(0));
    pace.taken(at(1), 10);
    assertFalse(pace.isTooSlow(at(3_600)));
    pace.offered(at(3_600));
    assertFalse(pace.isTooSlow(at(3_610)));
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos() - 5_000_000_000L;
  }
}
