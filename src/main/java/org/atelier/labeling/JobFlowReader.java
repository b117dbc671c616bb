package org.atelier.labeling;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.VersionView;
import org.atelier.labeling.queue.JobQueue;
import org.atelier.platform.AuditHistory;

/** Gathers what a job's page says of its course. */
@Singleton
class JobFlowReader {

  private static final int STEPS = 20;

  private static final Map<String, String> WORDS =
      Map.of(
          "job-created", "Created",
          "job-running", "Started",
          "job-paused", "Paused",
          "job-completing", "Completing",
          "job-completed", "Completed",
          "job-stopped", "Stopped",
          "job-failed", "Failed",
          "job-by-hand", "Given to people",
          "job-took-version", "Took in new items");

  private final JobQueue queue;
  private final Datasets datasets;
  private final AuditHistory audit;

  JobFlowReader(JobQueue queue, Datasets datasets, AuditHistory audit) {
    this.queue = queue;
    this.datasets = datasets;
    this.audit = audit;
  }

  JobFlow of(JobView job) {
    boolean over = job.state().isFinished() || job.state() == JobState.COMPLETING;
    JobQueue.Standing standing = queue.standing(job.id());
    return new JobFlow(
        over ? List.of() : JobFlow.warnings(job.settings().answering(), standing.workers()),
        standing.exhausted() == 0 ? null : Words.count(standing.exhausted()),
        job.state().takesAnswers() ? newer(job) : null,
        audit.of(job.projectId(), job.id(), WORDS.keySet(), STEPS).stream()
            .map(JobFlowReader::step)
            .toList());
  }

  private JobFlow.Newer newer(JobView job) {
    int now = job.settings().datasetVersion();
    List<VersionView> later =
        datasets.versions(job.projectId(), job.settings().datasetId()).stream()
            .filter(version -> version.number() > now)
            .toList();
    int added = later.stream().mapToInt(VersionView::added).sum();
    return added == 0
        ? null
        : new JobFlow.Newer(
            later.stream().mapToInt(VersionView::number).max().orElseThrow(), Words.count(added));
  }

  private static JobFlow.Step step(AuditHistory.Act act) {
    String from = String.valueOf(act.from()).toUpperCase(Locale.ROOT);
    boolean resumed =
        act.action().equals("job-running")
            && (JobState.PAUSED.name().equals(from) || JobState.FAILED.name().equals(from));
    String what = resumed ? "Resumed" : WORDS.get(act.action());
    boolean said = (what + ".").equals(act.reason());
    return new JobFlow.Step(act.at(), act.personName(), what, said ? null : act.reason());
  }
}
