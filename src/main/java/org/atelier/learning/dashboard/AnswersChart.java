package org.atelier.learning.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobView;

/**
 * How many answers came when: by the hour, and by some minutes where all of them came within two
 * hours, of which an hour would show one flat block.
 */
final class AnswersChart {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long MOST_BY_MINUTE = 50_000;
  private static final List<Integer> STEPS = List.of(1, 5, 10);
  private static final int MOST_STEPS = 24;

  private AnswersChart() {}

  static Map<String, Object> of(JobNumbers numbers, JobView job, Instant from) {
    List<JobNumbers.Hour> hours = numbers.hours(job.id(), from);
    String title = job.settings().title();
    return isShort(hours)
        ? byMinutes(title, minutes(numbers, job.id(), hours))
        : chart(title, hourly(hours), HOUR, "Answers per hour");
  }

  private static boolean isShort(List<JobNumbers.Hour> hours) {
    return !hours.isEmpty()
        && !hours.get(hours.size() - 1).start().isAfter(hours.get(0).start().plus(HOUR))
        && hours.stream().mapToLong(JobNumbers.Hour::answers).sum() <= MOST_BY_MINUTE;
  }

  private static List<JobNumbers.Minute> minutes(
      JobNumbers numbers, UUID jobId, List<JobNumbers.Hour> hours) {
    return numbers.minutes(
        jobId, hours.get(0).start(), hours.get(hours.size() - 1).start().plus(HOUR));
  }

  /** Steps of one, five or ten minutes, whichever are few enough to be told apart. */
  static Map<String, Object> byMinutes(String title, List<JobNumbers.Minute> minutes) {
    int step = step(minutes);
    Map<Instant, Long> sums = new TreeMap<>();
    for (JobNumbers.Minute minute : minutes) {
      long second = minute.start().getEpochSecond();
      sums.merge(
          Instant.ofEpochSecond(second - second % (60L * step)), minute.answers(), Long::sum);
    }
    return chart(
        title,
        spaced(sums, Duration.ofMinutes(step)),
        Duration.ofMinutes(step),
        step == 1 ? "Answers per minute" : "Answers in %d minutes".formatted(step));
  }

  private static int step(List<JobNumbers.Minute> minutes) {
    if (minutes.isEmpty()) {
      return 1;
    }
    long span =
        Duration.between(minutes.get(0).start(), minutes.get(minutes.size() - 1).start())
            .toMinutes();
    return STEPS.stream()
        .filter(step -> span / step < MOST_STEPS)
        .findFirst()
        .orElse(STEPS.get(STEPS.size() - 1));
  }

  /** A point for every hour from the first to the last with answers, also without any. */
  static List<List<Object>> hourly(List<JobNumbers.Hour> hours) {
    Map<Instant, Long> sums = new TreeMap<>();
    hours.forEach(hour -> sums.merge(hour.start(), hour.answers(), Long::sum));
    return spaced(sums, HOUR);
  }

  private static List<List<Object>> spaced(Map<Instant, Long> sums, Duration step) {
    List<List<Object>> points = new ArrayList<>();
    Instant next = null;
    for (Map.Entry<Instant, Long> sum : sums.entrySet()) {
      while (next != null && next.isBefore(sum.getKey())) {
        points.add(List.of(next.toString(), 0));
        next = next.plus(step);
      }
      points.add(List.of(sum.getKey().toString(), sum.getValue()));
      next = sum.getKey().plus(step);
    }
    return points;
  }

  private static Map<String, Object> chart(
      String title, List<List<Object>> points, Duration step, String what) {
    Map<String, Object> chart = Charts.chart("line", "Nobody has answered yet.");
    chart.put("x", "From");
    chart.put("y", what);
    chart.put("time", true);
    chart.put("stepMillis", step.toMillis());
    chart.put(
        "series",
        points.isEmpty()
            ? List.of()
            : List.of(Map.of("name", title, "role", "human", "points", points)));
    return chart;
  }
}
