package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.atelier.labeling.JobNumbers;
import org.junit.jupiter.api.Test;

class HourlyAnswersTest {

  private static final Instant SIX = Instant.parse("2026-11-30T06:00:00Z");

  @Test
  void oneHourIsOnePlace() {
    assertEquals(
        List.of(List.of("2026-11-30T06:00:00Z", 7L)),
        AnswersChart.hourly(List.of(new JobNumbers.Hour(SIX, 7, 0))));
  }

  @Test
  void hoursWithoutAnswersAreNotDrawnOver() {
    assertEquals(
        List.of(7L, 0, 9L),
        AnswersChart.hourly(
                List.of(
                    new JobNumbers.Hour(SIX, 7, 0),
                    new JobNumbers.Hour(SIX.plusSeconds(7200), 9, 0)))
            .stream()
            .map(point -> point.get(1))
            .toList());
  }

  @Test
  void aJobOfAFewMinutesIsShownByTheMinute() {
    Map<String, Object> chart =
        AnswersChart.byMinutes("Job", List.of(minute(0, 3), minute(1, 5), minute(4, 2)));
    assertEquals(60_000L, chart.get("stepMillis"));
    assertEquals("Answers per minute", chart.get("y"));
    assertEquals(List.of(3L, 5L, 0, 0, 2L), values(chart));
  }

  @Test
  void aJobOfAnHourAndAHalfIsShownByFiveMinutesAndLongerOnesByTen() {
    Map<String, Object> hourAndHalf =
        AnswersChart.byMinutes("Job", List.of(minute(0, 3), minute(4, 1), minute(90, 2)));
    assertEquals(300_000L, hourAndHalf.get("stepMillis"));
    assertEquals(4L, values(hourAndHalf).get(0));
    assertEquals(19, values(hourAndHalf).size());
    Map<String, Object> longer =
        AnswersChart.byMinutes("Job", List.of(minute(0, 3), minute(119 + 10, 2)));
    assertEquals(600_000L, longer.get("stepMillis"));
  }

  private static JobNumbers.Minute minute(int after, long answers) {
    return new JobNumbers.Minute(SIX.plusSeconds(60L * after), answers);
  }

  private static List<?> values(Map<String, Object> chart) {
    Map<?, ?> series = (Map<?, ?>) ((List<?>) chart.get("series")).get(0);
    return ((List<?>) series.get("points"))
        .stream().map(point -> ((List<?>) point).get(1)).toList();
  }
}
