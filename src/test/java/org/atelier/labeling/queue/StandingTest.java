package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StandingTest {

  private static final UUID ID = new UUID(0, 1);
  private static final Instant LEASED = Instant.parse("2026-12-01T08:00:00Z");
  private static final Standing STANDING =
      new Standing(
          ID, ID, ID, LeaseState.ACTIVE, LEASED.plusSeconds(600), LEASED, false, false, false);

  @Test
  void nobodySpentMoreTimeOnAnItemThanTheyHadItAndAMinuteForClocksThatDiffer() {
    assertEquals(900, STANDING.spent(900, LEASED));
    assertEquals(60_000, STANDING.spent(3_000_000, LEASED));
    assertEquals(80_000, STANDING.spent(3_000_000, LEASED.plusSeconds(20)));
    assertEquals(3_600_000, STANDING.spent(Integer.MAX_VALUE, LEASED.plusSeconds(100_000)));
    assertEquals(0, STANDING.spent(-5, LEASED));
    assertEquals(0, STANDING.spent(900, LEASED.minusSeconds(100)), "a clock far behind");
  }
}
