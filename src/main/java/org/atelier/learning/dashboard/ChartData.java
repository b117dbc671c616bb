package org.atelier.learning.dashboard;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobView;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.platform.ProblemException;

/** The numbers behind a job's charts, by the names charts have in addresses. */
@Singleton
class ChartData {

  private static final Duration SHOWN_HOURS = Duration.ofDays(14);

  private final LearningLoop loop;
  private final JobNumbers numbers;
  private final Clock clock;

  ChartData(LearningLoop loop, JobNumbers numbers, Clock clock) {
    this.loop = loop;
    this.numbers = numbers;
    this.clock = clock;
  }

  /**
   * One chart: learning, coverage, confusion, labels, answers.
   *
   * @param slug of the project, for the addresses that bars and cells lead to
   * @throws ProblemException not-found for any other name
   */
  Map<String, Object> of(JobView job, String name, String slug) {
    double target = job.settings().learning().target();
    List<String> names = job.settings().classNames();
    String base = "/p/" + slug;
    return switch (name) {
      case "learning" -> Charts.learning(loop.rounds(job.id()), target);
      case "coverage" -> Charts.coverage(loop.rounds(job.id()), target, isWithdrawn(job));
      case "confusion" ->
          Charts.confusion(job, loop.lists(job.id()), base + "/learning/" + job.id() + "/cell");
      case "labels" ->
          Charts.distribution(
              numbers.progress(job.id()), names, base + "/jobs/" + job.id() + "/items");
      case "answers" -> AnswersChart.of(numbers, job, clock.instant().minus(SHOWN_HOURS));
      default ->
          throw ProblemException.notFound(
              "Charts are learning, coverage, confusion, labels and answers.");
    };
  }

  private boolean isWithdrawn(JobView job) {
    return loop.learner(job.id()).map(LearnerRow::withdrawnAt).isPresent();
  }
}
