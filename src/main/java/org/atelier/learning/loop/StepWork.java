package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.learning.model.Learner;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/** Durable work: takes the next steps of a job's learning loop, until people have to answer. */
@Singleton
class StepWork implements WorkHandler {

  private final LearningLoop loop;
  private final Jobs jobs;
  private final FeatureService features;
  private final StepRunner runner;
  private final WarmStarts warmStarts;

  StepWork(
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
    return LearningLoop.STEP;
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
        "Learning from the answers failed: " + why);
  }

  @Override
  public void run(WorkContext context) throws Exception {
    UUID jobId = context.subjectId();
    jobs.takeUp(jobId, context.workId());
    StepRunner.Outcome outcome;
    do {
      context.checkCancelled();
      LearnerRow row = loop.learner(jobId).orElseThrow();
      JobView job = jobs.job(jobId);
      if (!loop.takesSteps(row, true) || job.state() != JobState.RUNNING) {
        return;
      }
      PoolItems items = features.items(job.projectId(), row.datasetId(), row.datasetVersion());
      outcome = runner.step(jobId, items, () -> learner(context, row, items));
      tell(context, jobId);
    } while (outcome == StepRunner.Outcome.GO_ON);
  }

  private Learner learner(WorkContext context, LearnerRow row, PoolItems items) {
    if (row.featureSetId() == null) {
      return null;
    }
    context.progress("Reading features", 0, 0);
    Learner plain = features.learner(row.featureSetId(), items.size());
    Learner learner = warmStarts.learner(row, plain, items);
    context.progress("Learning and looking at every item", 0, 0);
    return learner;
  }

  private void tell(WorkContext context, UUID jobId) {
    LearnerRow row = loop.learner(jobId).orElseThrow();
    loop.round(jobId, row.round())
        .map(round -> round.facts().note())
        .ifPresent(note -> context.log("Round %d: %s".formatted(row.round(), note)));
  }
}
