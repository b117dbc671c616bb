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

  PrepareWork(LearningLoop loop, Jobs jobs, FeatureService features, StepRunner runner) {
    this.loop = loop;
    this.jobs = jobs;
    this.features = features;
    this.runner = runner;
  }

  @Override
  public String kind() {
    return LearningLoop.PREPARE;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    UUID jobId = context.subjectId();
    int version = context.payload(LearningLoop.Preparation.class).datasetVersion();
    JobView job = jobs.job(jobId);
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
    Optional<FeatureMethod> method = features.method(job.itemKind(), wanted(job));
    if (method.isEmpty()) {
      loop.byHand(jobId, "Nothing here can compute the features \"" + wanted(job) + "\".");
      return;
    }
    UUID set = compute(context, job, items, method.get());
    loop.prepared(jobId, version, set);
    context.log("Features: " + method.get().description() + ".");
  }

  private UUID compute(WorkContext context, JobView job, PoolItems items, FeatureMethod method)
      throws CancelledWorkException {
    try {
      return features.compute(
          job.projectId(),
          job.settings().datasetId(),
          items,
          method,
          (phase, done, total) -> {
            context.progress(phase, done, total);
            try {
              context.checkCancelled();
            } catch (CancelledWorkException e) {
              throw new CancelledMeanwhile(e);
            }
          });
    } catch (CancelledMeanwhile e) {
      throw new CancelledWorkException(e.getMessage());
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
