package org.atelier.learning.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobView;

/** Reads how fast people answer and how long the rest takes. */
final class PaceReading {

  private static final double LEAST_HOURS = 1.0 / 60;

  private PaceReading() {}

  /**
   * @param hours answers of the last day by hour, oldest first
   */
  static Dashboard.Pace of(
      JobView job,
      Dashboard.Counts counts,
      JobNumbers.Progress progress,
      List<JobNumbers.Hour> hours,
      Instant now) {
    long answers = hours.stream().mapToLong(JobNumbers.Hour::answers).sum();
    double worked = hours.stream().mapToDouble(hour -> part(hour, job, now)).sum();
    Double perHour = answers == 0 ? null : answers / Math.max(LEAST_HOURS, worked);
    Double seconds =
        progress.answers() == 0 ? null : progress.activeMillis() / 1000.0 / progress.answers();
    return new Dashboard.Pace(perHour, seconds, sentence(job, counts, perHour));
  }

  /** How much of an hour counts: the present one, and the one the job began in, only in part. */
  private static double part(JobNumbers.Hour hour, JobView job, Instant now) {
    Instant from = hour.start();
    if (job.startedAt() != null && job.startedAt().isAfter(from)) {
      from = job.startedAt();
    }
    Instant to = hour.start().plus(Duration.ofHours(1));
    to = to.isAfter(now) ? now : to;
    return Math.max(0, Duration.between(from, to).toMillis()) / 3_600_000.0;
  }

  private static String sentence(JobView job, Dashboard.Counts counts, Double perHour) {
    if (counts.unlabelled() == 0) {
      return "Nothing is left to do.";
    }
    if (job.state().isFinished()) {
      return "The job is over: nobody is asked any more.";
    }
    if (perHour == null) {
      return "Nobody answered in the last day, so there is no telling how long the rest takes.";
    }
    int perItem = job.settings().answering().perItem();
    String pace =
        "People answered %s times an hour over the hours of the last day in which anybody did."
            .formatted(Figures.count(Math.round(perHour)));
    String open =
        counts.withPeople() == 0
            ? ""
            : " What is with them now takes %s."
                .formatted(Figures.duration(counts.withPeople() * perItem / perHour));
    return pace
        + open
        + " Without further labels of the model the whole rest would take %s."
            .formatted(Figures.duration(counts.unlabelled() * perItem / perHour));
  }
}
