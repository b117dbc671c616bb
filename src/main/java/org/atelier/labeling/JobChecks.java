package org.atelier.labeling;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.VersionView;
import org.atelier.labeling.queue.JobQueue;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;

/** Checks settings against everything they name. */
@Singleton
class JobChecks {

  private final Datasets datasets;
  private final JobQueue queue;
  private final JobStarts starts;
  private final LabelExamples examples;
  private final List<LearningOptions> options;

  JobChecks(
      Datasets datasets,
      JobQueue queue,
      JobStarts starts,
      LabelExamples examples,
      @All List<LearningOptions> options) {
    this.datasets = datasets;
    this.queue = queue;
    this.starts = starts;
    this.examples = examples;
    this.options = List.copyOf(options);
  }

  /** What the job's dataset is. */
  record Basis(ItemKind kind, int items) {}

  /**
   * Settings that may be stored; else a problem naming the field. Pictures that the labels name are
   * held for the job from now on.
   *
   * @param labelsChange false where the labels are fixed, so that an example that was deleted since
   *     stands in nobody's way
   */
  Basis check(UUID projectId, UUID jobId, JobSettings settings, boolean labelsChange) {
    requireNone(JobRules.breaches(settings));
    DatasetView dataset = datasets.dataset(projectId, settings.datasetId());
    VersionView version =
        datasets.version(projectId, settings.datasetId(), settings.datasetVersion());
    int items = version.itemCount() - version.erasedCount();
    if (items == 0) {
      throw ProblemException.invalid("dataset", "This version of the dataset has no items.");
    }
    if (labelsChange) {
      examples.hold(projectId, jobId, settings.labels());
      requireNone(examples.lost(projectId, settings.labels()));
    }
    starts.require(projectId, settings, dataset.kind());
    Set<UUID> strangers = new HashSet<>(settings.workers());
    strangers.removeAll(queue.members(projectId, settings.workers()));
    if (!strangers.isEmpty()) {
      throw ProblemException.invalid("workers", "Choose people who are members of the project.");
    }
    requireOptions(settings, dataset.kind());
    return new Basis(dataset.kind(), items);
  }

  private void requireOptions(JobSettings settings, ItemKind kind) {
    for (LearningOptions one : options) {
      requireNone(one.breaches(settings.learning().options(), kind));
    }
  }

  private static void requireNone(Map<String, String> breaches) {
    if (breaches.isEmpty()) {
      return;
    }
    Map.Entry<String, String> first = breaches.entrySet().iterator().next();
    throw new ProblemException(
        CommonProblem.INVALID_INPUT,
        first.getValue(),
        Map.of("field", first.getKey(), "fields", breaches));
  }
}
