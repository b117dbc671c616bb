package org.atelier.learning.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.PeopleAgreement;
import org.atelier.learning.loop.LearnerPhase;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.learning.loop.RoundRow;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;

/** Gathers where a job's learning stands. */
@ApplicationScoped
class DashboardService {

  private static final Duration PACE_WINDOW = Duration.ofHours(24);

  private final LearningLoop loop;
  private final Jobs jobs;
  private final JobNumbers numbers;
  private final PeopleAgreement agreements;
  private final WorkService works;
  private final Clock clock;

  DashboardService(
      LearningLoop loop,
      Jobs jobs,
      JobNumbers numbers,
      PeopleAgreement agreements,
      WorkService works,
      Clock clock) {
    this.loop = loop;
    this.jobs = jobs;
    this.numbers = numbers;
    this.agreements = agreements;
    this.works = works;
    this.clock = clock;
  }

  /** Whether the job rests because what it promises cannot be kept. */
  @Transactional
  boolean isRefused(JobView job) {
    return loop.learner(job.id()).filter(LearnerRow::refused).isPresent();
  }

  @Transactional
  Dashboard of(JobView job) {
    Optional<LearnerRow> learner = loop.learner(job.id());
    List<RoundRow> rounds = learner.isEmpty() ? List.of() : loop.rounds(job.id());
    JobNumbers.Progress progress = numbers.progress(job.id());
    Dashboard.Counts counts = counts(job, progress);
    Dashboard.Quality quality =
        QualityReading.of(job.settings().learning(), learner.orElse(null), rounds, counts);
    Instant from = clock.instant().minus(PACE_WINDOW);
    Dashboard.Pace pace =
        PaceReading.of(job, counts, progress, numbers.hours(job.id(), from), clock.instant());
    return new Dashboard(
        job.id(),
        sentence(job, counts, quality),
        learner.map(LearnerRow::phase).orElse(null),
        learner.map(row -> phaseWords(job, row, counts)).orElse("The job has not started."),
        learner.map(LearnerRow::round).orElse(0),
        learner.flatMap(this::work).orElse(null),
        counts,
        quality,
        cost(job.settings(), progress),
        pace,
        learner.map(row -> start(job, row)).orElse(null),
        learner.map(row -> NextSteps.of(job, row, rounds, counts, progress)).orElse(null),
        learner.map(LearnerRow::withdrawnAt).orElse(null),
        learner.map(LearnerRow::withdrawnWhy).orElse(null),
        rounds,
        learner.map(LearnerRow::revision).orElse(0L),
        job.settings().answering().perItem(),
        AgreementReading.asksSeveral(job)
            ? AgreementReading.of(job, agreements.of(job.id()))
            : null);
  }

  private static Dashboard.Counts counts(JobView job, JobNumbers.Progress progress) {
    long labelled = progress.human() + progress.machine();
    return new Dashboard.Counts(
        job.items(),
        progress.human(),
        progress.machine(),
        Math.max(0, job.items() - labelled),
        progress.open(),
        progress.declined());
  }

  /** The state in plain words. */
  static String sentence(JobView job, Dashboard.Counts counts, Dashboard.Quality quality) {
    String rest =
        counts.unlabelled() == 0
            ? "All %s items have a label.".formatted(Figures.count(counts.items()))
            : "%s of %s items %s no label%s."
                .formatted(
                    Figures.count(counts.unlabelled()),
                    Figures.count(counts.items()),
                    counts.unlabelled() == 1 ? "has" : "have",
                    job.state().isFinished() ? "" : " yet");
    return job.startedAt() == null
        ? "Nothing has started; everything can still be changed."
        : rest + " " + quality.sentence();
  }

  private static String phaseWords(JobView job, LearnerRow learner, Dashboard.Counts counts) {
    String reason = learner.phaseReason();
    if (job.state() == JobState.PAUSED) {
      String why = job.stateReason() == null ? "" : " " + job.stateReason();
      return "Nobody is asked while the job is paused." + why;
    }
    boolean watchesNothing = learner.phase() == LearnerPhase.WATCHING && counts.machine() == 0;
    if (watchesNothing) {
      return "Learning is over; no label of the model was accepted."
          + (reason == null ? "" : " " + reason);
    }
    boolean speaksForItself =
        learner.phase() == LearnerPhase.FINISHED || learner.phase() == LearnerPhase.BY_HAND;
    if (reason == null) {
      return learner.phase().sentence();
    }
    return speaksForItself && learner.phase() == LearnerPhase.FINISHED
        ? reason
        : learner.phase().sentence() + " " + reason;
  }

  private Dashboard.Start start(JobView job, LearnerRow learner) {
    if (learner.startJobId() == null) {
      return learner.startNote() == null
          ? null
          : new Dashboard.Start(null, null, null, learner.startNote());
    }
    boolean used = learner.startModelSha256() != null;
    return new Dashboard.Start(
        learner.startJobId(),
        jobs.job(job.projectId(), learner.startJobId()).settings().title(),
        used ? learner.startRound() : null,
        learner.startNote());
  }

  private Optional<Dashboard.MachineWork> work(LearnerRow learner) {
    return Optional.ofNullable(learner.workId())
        .flatMap(works::find)
        .filter(work -> work.state() != WorkState.DONE)
        .map(
            work ->
                new Dashboard.MachineWork(
                    work.id(),
                    work.state().name(),
                    work.phase().isEmpty() ? work.title() : work.phase(),
                    work.done(),
                    work.total()));
  }

  private static Dashboard.Cost cost(JobSettings settings, JobNumbers.Progress progress) {
    long saved = progress.machine() * settings.answering().perItem();
    JobSettings.Budget budget = settings.budget();
    boolean priced = budget.answerPrice() != null;
    return new Dashboard.Cost(
        progress.answers(),
        saved,
        priced ? Figures.money(budget.currency(), budget.answerPrice(), progress.answers()) : null,
        priced ? Figures.money(budget.currency(), budget.answerPrice(), saved) : null);
  }
}
