package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/**
 * Durable work: numbers the items of a job's dataset version, asks people about a random start,
 * then computes the features that all rounds read.
 */
@Singleton
class PrepareWork implements WorkHandler {

  private final LearningLoop loop;
  private final Jobs jobs;
  private final FeatureService features;
  private final StepRunner runner;
  private final WarmStarts warmStarts;

  PrepareWork(
      LearningLoop loop,
      Jobs jobs,
      FeatureService features,
      StepRunner runner,
      WarmStarts warmStarts) {
    this.loop = loop;
    this.jobs = jobs;
    this.features = features;
    this.runner = runner;
    this.warmStarts = warmStarts;
  }

  @Override
  public String kind() {
    return LearningLoop.PREPARE;
  }

  @Override
  public int retries() {
    return 2;
  }

  @Override
  public void failed(WorkContext context, String why) {
    jobs.fail(
        context.projectId(),
        context.subjectId(),
        context.workId(),
        "Getting to know the items failed: " + why);
  }

  @Override
  public void run(WorkContext context) throws Exception {
    UUID jobId = context.subjectId();
    int version = context.payload(LearningLoop.Preparation.class).datasetVersion();
    JobView job = jobs.takeUp(jobId, context.workId());
    if (job.state().isFinished()) {
      return;
    }
    context.progress("Numbering the items", 0, job.items());
    UUID dataset = job.settings().datasetId();
    PoolItems items = features.items(job.projectId(), dataset, version);
    LearnerRow row = loop.learner(jobId).orElseThrow();
    if (row.step() == 0 && job.state() == JobState.RUNNING) {
      runner.step(jobId, items, () -> null);
      context.log("A random start is with people.");
    }
    Optional<UUID> set = features(context, job, row, items);
    if (set.isEmpty()) {
      loop.byHand(jobId, "Nothing here can compute the features \"" + wanted(job) + "\".");
      return;
    }
    loop.prepared(jobId, version, set.get());
    context.log("Features: " + features.describe(set.get()).text() + ".");
  }

  /** Features the earlier model reads when the job starts from one, else the wished ones. */
  private Optional<UUID> features(WorkContext context, JobView job, LearnerRow row, PoolItems items)
      throws CancelledWorkException {
    UUID dataset = job.settings().datasetId();
    FeatureMethod.Progress progress = (phase, done, total) -> tell(context, phase, done, total);
    try {
      if (row.startModelSha256() != null) {
        Optional<UUID> borrowed =
            loop.learner(row.startJobId())
                .map(LearnerRow::featureSetId)
                .flatMap(set -> features.borrow(job.projectId(), dataset, items, set, progress));
        if (borrowed.isPresent()) {
          return borrowed;
        }
        warmStarts.giveUp(
            job.id(), "The features that the earlier model reads cannot be computed any more.");
      }
      return features
          .method(job.itemKind(), wanted(job))
          .map(method -> features.compute(job.projectId(), dataset, items, method, progress));
    } catch (CancelledMeanwhile e) {
      throw new CancelledWorkException(e.getMessage());
    }
  }

  private static void tell(WorkContext context, String phase, long done, long total) {
    context.progress(phase, done, total);
    try {
      context.checkCancelled();
    } catch (CancelledWorkException e) {
      throw new CancelledMeanwhile(e);
    }
  }

  private static String wanted(JobView job) {
    return job.settings().learning().options().get("features") instanceof String name ? name : null;
  }

  /** Carries a cancellation through code that knows nothing of it. */
  static final class CancelledMeanwhile extends IllegalStateException {
    private static final long serialVersionUID = 1;

    CancelledMeanwhile(CancelledWorkException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
