package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.atelier.labeling.JobNumbers;
import org.junit.jupiter.api.Test;

class HourlyAnswersTest {

  private static final Instant SIX = Instant.parse("2026-11-30T06:00:00Z");

  @Test
  void oneHourIsOnePlace() {
    assertEquals(
        List.of(List.of("2026-11-30T06:00:00Z", 7L)),
        Charts.hourly(List.of(new JobNumbers.Hour(SIX, 7, 0))));
  }

  @Test
  void hoursWithoutAnswersAreNotDrawnOver() {
    assertEquals(
        List.of(7L, 0, 9L),
        Charts.hourly(
                List.of(
                    new JobNumbers.Hour(SIX, 7, 0),
                    new JobNumbers.Hour(SIX.plusSeconds(7200), 9, 0)))
            .stream()
            .map(point -> point.get(1))
            .toList());
  }
}
