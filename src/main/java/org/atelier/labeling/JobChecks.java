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
import org.atelier.dataset.ItemRow;
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
  private final List<LearningOptions> options;

  JobChecks(
      Datasets datasets, JobQueue queue, JobStarts starts, @All List<LearningOptions> options) {
    this.datasets = datasets;
    this.queue = queue;
    this.starts = starts;
    this.options = List.copyOf(options);
  }

  /** What the job's dataset is. */
  record Basis(ItemKind kind, int items) {}

  /** Settings that may be stored; else a problem naming the field. */
  Basis check(UUID projectId, JobSettings settings) {
    Map<String, String> breaches = JobRules.breaches(settings);
    if (!breaches.isEmpty()) {
      throw refused(breaches);
    }
    DatasetView dataset = datasets.dataset(projectId, settings.datasetId());
    VersionView version =
        datasets.version(projectId, settings.datasetId(), settings.datasetVersion());
    int items = version.itemCount() - version.erasedCount();
    if (items == 0) {
      throw ProblemException.invalid("dataset", "This version of the dataset has no items.");
    }
    requireExamples(projectId, settings);
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
      Map<String, String> breaches = one.breaches(settings.learning().options(), kind);
      if (!breaches.isEmpty()) {
        throw refused(breaches);
      }
    }
  }

  private static ProblemException refused(Map<String, String> breaches) {
    Map.Entry<String, String> first = breaches.entrySet().iterator().next();
    return new ProblemException(
        CommonProblem.INVALID_INPUT,
        first.getValue(),
        Map.of("field", first.getKey(), "fields", breaches));
  }

  private void requireExamples(UUID projectId, JobSettings settings) {
    Set<UUID> examples = new HashSet<>();
    settings.labels().forEach(label -> examples.addAll(label.examples()));
    if (examples.isEmpty()) {
      return;
    }
    datasets.items(projectId, examples).stream().map(ItemRow::id).forEach(examples::remove);
    if (!examples.isEmpty()) {
      throw ProblemException.invalid("labels", "An example is not an item of this project.");
    }
  }
}
