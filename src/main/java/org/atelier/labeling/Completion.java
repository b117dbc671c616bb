package org.atelier.labeling;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.labeling.queue.JobQueue;
import org.atelier.labeling.queue.ResultLabels;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.atelier.platform.work.WorkRequest;

/** Ends a completing job: all answers consolidated, the labels written as a dataset version. */
@Singleton
class Completion implements WorkHandler {

  static final String KIND = "labeling-complete";

  private final JobService jobs;
  private final LearningBridge bridge;
  private final JobQueue queue;
  private final ResultLabels labels;
  private final Datasets datasets;

  Completion(
      JobService jobs,
      LearningBridge bridge,
      JobQueue queue,
      ResultLabels labels,
      Datasets datasets) {
    this.jobs = jobs;
    this.bridge = bridge;
    this.queue = queue;
    this.labels = labels;
    this.datasets = datasets;
  }

  /** The work that ends a completing job. */
  static WorkRequest of(JobView job) {
    return new WorkRequest(
        job.projectId(),
        KIND,
        job.id(),
        "Write the labels of “" + job.settings().title() + "”",
        Map.of());
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Both steps can be repeated: the first changes nothing more, the second is one transaction. */
  @Override
  public void run(WorkContext context) {
    JobView job = jobs.takeUp(context.subjectId(), context.workId());
    if (job.state() != JobState.COMPLETING) {
      context.log("The job is not completing any more; nothing to do.");
      return;
    }
    context.progress("Consolidating answers", 0, 0);
    QuarkusTransaction.requiringNew().run(() -> queue.awaitAnswers(job.id()));
    labelUnfinished(context, job.id());
    int changed = bridge.consolidate(job.id());
    context.log(changed + " labels changed when all answers were looked at together.");
    QuarkusTransaction.requiringNew().timeout(3_600).run(() -> write(context, job));
  }

  private void labelUnfinished(WorkContext context, UUID jobId) {
    int labelled = 0;
    for (int more = 1; more > 0; labelled += more) {
      more = QuarkusTransaction.requiringNew().call(() -> queue.labelUnfinished(jobId));
    }
    if (labelled > 0) {
      context.log(
          labelled + " items had fewer answers than were asked for; these made their labels.");
    }
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
        "Writing the labels failed: " + why);
  }

  private void write(WorkContext context, JobView job) {
    UUID jobId = job.id();
    context.progress("Writing labels", 0, job.items());
    int version =
        datasets.addLabeledVersion(
            job.projectId(),
            job.settings().datasetId(),
            "Labels of “" + job.settings().title() + "”",
            labels.of(
                jobId,
                job.settings().classNames(),
                done -> context.progress("Writing labels", done, job.items())));
    jobs.completed(jobId, version);
    context.log("The labels are version " + version + " of the dataset.");
  }
}
