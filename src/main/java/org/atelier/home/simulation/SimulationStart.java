package org.atelier.home.simulation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.LabelCount;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LabelingProblem;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.ProblemException;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.jdbi.v3.core.Jdbi;

/** Sends simulated labelers to a job, one crew at a time. */
@ApplicationScoped
class SimulationStart {

  private final Work work;
  private final SimulationSection section;
  private final AuditTrail audit;
  private final Datasets datasets;
  private final Jdbi jdbi;

  SimulationStart(
      Work work, SimulationSection section, AuditTrail audit, Datasets datasets, Jdbi jdbi) {
    this.datasets = datasets;
    this.jdbi = jdbi;
    this.work = work;
    this.section = section;
    this.audit = audit;
  }

  /**
   * Begins a run.
   *
   * @return id of the work
   * @throws ProblemException invalid-input naming the field that is wrong; job-state when the job
   *     is not running, is for chosen people only, has a crew at work, or has none of the known
   *     labels among its own
   */
  @Transactional
  UUID begin(JobView job, Crew crew) {
    SimulationOrder order = crew.on(job);
    if (!job.state().takesAnswers()) {
      throw new ProblemException(LabelingProblem.JOB_STATE, "The job takes no answers now.");
    }
    if (!job.settings().workers().isEmpty()) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          "Only chosen people may work on this job; simulated ones are not among them.");
    }
    requireKnownLabels(job);
    waitForOtherStarts(job.id());
    if (section.runs(job).stream().anyMatch(SimulationSection::atWork)) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE, "Simulated labelers are at work on this job already.");
    }
    audit.record(
        job.projectId(),
        "simulated-labelers-started",
        "job",
        job.id(),
        Map.of(
            "labelers",
            order.labelers(),
            "errorPercent",
            order.errorPercent(),
            "answersPerMinute",
            order.answersPerMinute()));
    return work.submit(
        new WorkRequest(
            job.projectId(),
            SimulatedLabelers.KIND,
            job.id(),
            "Simulated labelers on \"" + job.settings().title() + "\"",
            order));
  }

  /** They answer with known labels that the job has, and would skip everything else. */
  private void requireKnownLabels(JobView job) {
    List<String> classes = job.settings().classNames();
    List<String> known =
        datasets
            .labels(job.projectId(), job.settings().datasetId(), job.settings().datasetVersion())
            .stream()
            .map(LabelCount::label)
            .toList();
    if (known.stream().noneMatch(classes::contains)) {
      throw new ProblemException(
          LabelingProblem.JOB_STATE,
          known.isEmpty()
              ? "The dataset has no known labels to answer with."
              : "None of the dataset's known labels (%s) is a label of this job, so every item would be skipped. Name the job's labels as the data do, in a new job."
                  .formatted(String.join(", ", known.subList(0, Math.min(5, known.size())))));
    }
  }

  /** Two who begin at once take turns, so that the second one finds the crew of the first. */
  private void waitForOtherStarts(UUID job) {
    jdbi.useHandle(
        h -> h.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", "crew " + job));
  }
}
