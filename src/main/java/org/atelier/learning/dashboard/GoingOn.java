package org.atelier.learning.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import org.atelier.labeling.EarlierModels;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.ProblemException;

/** Lets jobs go on that ended or rest. */
@ApplicationScoped
class GoingOn {

  private static final int LONGEST_TITLE = 200;

  private final Jobs jobs;
  private final AuditTrail audit;

  GoingOn(Jobs jobs, AuditTrail audit) {
    this.jobs = jobs;
    this.audit = audit;
  }

  /**
   * Raises a job's budget and resumes it when it rests.
   *
   * @param answers most single answers, more than now; null for no limit
   * @throws ProblemException invalid-input when it is not more; job-state when the job is over
   */
  @Transactional
  JobView withBudget(JobView job, Integer answers) {
    JobSettings old = job.settings();
    Integer before = old.budget().answers();
    if (before == null || (answers != null && answers <= before)) {
      throw ProblemException.invalid(
          "budgetAnswers",
          before == null
              ? "The job has no limit of answers."
              : "Give more than the %,d answers that are allowed now.".formatted(before));
    }
    JobSettings.Budget budget =
        new JobSettings.Budget(
            answers, old.budget().rounds(), old.budget().answerPrice(), old.budget().currency());
    jobs.change(
        job.projectId(), job.id(), job.revision(), with(old, old.title(), old.learning(), budget));
    audit.record(
        job.projectId(),
        "budget-raised",
        "job",
        job.id(),
        Map.of("from", before, "to", answers == null ? "no limit" : answers));
    return job.state() == JobState.PAUSED
        ? jobs.resume(job.projectId(), job.id(), "The budget was raised.")
        : jobs.job(job.projectId(), job.id());
  }

  /** Makes a draft like a job that starts from its model. */
  @Transactional
  JobView successor(JobView job) {
    String title = job.settings().title();
    String named =
        title.substring(0, Math.min(LONGEST_TITLE - 12, title.length())) + " (continued)";
    JobView copy = jobs.copy(job.projectId(), job.id(), named);
    JobSettings.Learning learning = copy.settings().learning();
    Map<String, Object> options = new HashMap<>(learning.options());
    options.put(EarlierModels.OPTION, job.id().toString());
    JobSettings.Learning warm =
        new JobSettings.Learning(
            learning.enabled(),
            learning.target(),
            learning.scope(),
            learning.risk(),
            learning.batchSize(),
            options);
    return jobs.change(
        job.projectId(),
        copy.id(),
        copy.revision(),
        with(copy.settings(), named, warm, copy.settings().budget()));
  }

  private static JobSettings with(
      JobSettings old, String title, JobSettings.Learning learning, JobSettings.Budget budget) {
    return new JobSettings(
        title,
        old.datasetId(),
        old.datasetVersion(),
        old.taskType(),
        old.labels(),
        old.instructions(),
        old.workers(),
        old.answering(),
        learning,
        budget);
  }
}
