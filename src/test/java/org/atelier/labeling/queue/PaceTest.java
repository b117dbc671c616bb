package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

  private final Pace pace = new Pace(Duration.ofSeconds(2));

  @Test
  void aJobHasItsTurnOnceAPace() {
    UUID job = UUID.randomUUID();
    assertTrue(pace.isDue(job, START));
    assertFalse(pace.isDue(job, START.plusMillis(1_999)));
    assertTrue(pace.isDue(UUID.randomUUID(), START.plusMillis(1_999)));
    assertTrue(pace.isDue(job, START.plusSeconds(2)));
    assertFalse(pace.isDue(job, START.plusSeconds(3)));
  }

  @Test
  void aClockThatWentBackStopsNothing() {
    UUID job = UUID.randomUUID();
    assertTrue(pace.isDue(job, START));
    assertTrue(pace.isDue(job, START.minusSeconds(3_600)));
  }

  @Test
  void jobsWhoseTurnIsOverAreForgotten() {
    Instant now = START;
    for (int at = 0; at < 3 * Pace.MANY; at++) {
      now = now.plusMillis(10);
      pace.isDue(UUID.randomUUID(), now);
    }
    assertTrue(pace.remembered() <= Pace.MANY, pace.remembered() + " jobs");
  }
}
