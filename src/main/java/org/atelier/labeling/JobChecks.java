package org.atelier.labeling;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
   * @param standing settings that these come from, null for those of a new job; people chosen there
   *     may have left since and stand in nobody's way
   * @param fixed whether the job has started: then neither do examples, options and earlier models
   *     that are not there any more
   */
  Basis check(
      UUID projectId, UUID jobId, JobSettings settings, JobSettings standing, boolean fixed) {
    requireNone(JobRules.breaches(settings));
    DatasetView dataset = datasets.dataset(projectId, settings.datasetId());
    VersionView version =
        datasets.version(projectId, settings.datasetId(), settings.datasetVersion());
    int items = version.itemCount() - version.erasedCount();
    if (items == 0) {
      throw ProblemException.invalid("dataset", "This version of the dataset has no items.");
    }
    if (!fixed) {
      examples.hold(projectId, jobId, settings.labels());
      requireNone(examples.lost(projectId, settings.labels()));
    }
    Map<String, Object> kept = fixed ? standing.learning().options() : Map.of();
    if (changes(EarlierModels.OPTION, settings, kept)) {
      starts.require(projectId, settings, dataset.kind());
    }
    requireMembers(projectId, settings, standing == null ? Set.of() : standing.workers());
    requireOptions(settings, dataset.kind(), kept);
    return new Basis(dataset.kind(), items);
  }

  private void requireMembers(UUID projectId, JobSettings settings, Set<UUID> kept) {
    Set<UUID> strangers = new HashSet<>(settings.workers());
    strangers.removeAll(kept);
    strangers.removeAll(queue.members(projectId, strangers));
    if (!strangers.isEmpty()) {
      throw ProblemException.invalid("workers", "Choose people who are members of the project.");
    }
  }

  private void requireOptions(JobSettings settings, ItemKind kind, Map<String, Object> kept) {
    for (LearningOptions one : options) {
      Map<String, String> breaches =
          new LinkedHashMap<>(one.breaches(settings.learning().options(), kind));
      breaches.keySet().removeIf(field -> !changes(LearningOptions.named(field), settings, kept));
      requireNone(breaches);
    }
  }

  private static boolean changes(String option, JobSettings settings, Map<String, Object> kept) {
    return !kept.containsKey(option)
        || !kept.get(option).equals(settings.learning().options().get(option));
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
