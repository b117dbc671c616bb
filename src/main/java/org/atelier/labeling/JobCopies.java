package org.atelier.labeling;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.queue.JobQueue;

/** What a copy of a job takes over: all that is still there. */
@Singleton
class JobCopies {

  private final JobQueue queue;
  private final JobStarts starts;
  private final LabelExamples examples;
  private final List<LearningOptions> options;

  JobCopies(
      JobQueue queue,
      JobStarts starts,
      LabelExamples examples,
      @All List<LearningOptions> options) {
    this.queue = queue;
    this.starts = starts;
    this.examples = examples;
    this.options = List.copyOf(options);
  }

  /**
   * Settings of a copy.
   *
   * @param note what of the job's settings could not be taken over, as sentences; null when all
   *     could, lost examples aside
   */
  record Copy(JobSettings settings, String note) {}

  /** The settings of a job under another title. */
  Copy of(JobView job, String title) {
    JobSettings old = job.settings();
    List<String> notes = new ArrayList<>();
    JobSettings settings =
        new JobSettings(
            title,
            old.datasetId(),
            old.datasetVersion(),
            old.taskType(),
            examples.withoutLost(job.projectId(), old.labels()),
            old.instructions(),
            workers(job, notes),
            old.answering(),
            learning(job, notes),
            old.budget());
    return new Copy(settings, notes.isEmpty() ? null : String.join(" ", notes));
  }

  /** Nobody instead of those who left would mean everybody, so they stay when all have left. */
  private Set<UUID> workers(JobView job, List<String> notes) {
    Set<UUID> chosen = job.settings().workers();
    Set<UUID> members = new HashSet<>(queue.members(job.projectId(), chosen));
    int gone = chosen.size() - members.size();
    if (gone == 0) {
      return chosen;
    }
    if (members.isEmpty()) {
      notes.add("Everybody who was chosen has left the project: choose who labels.");
      return chosen;
    }
    notes.add(
        "%d of %d chosen people left the project and %s left out."
            .formatted(gone, chosen.size(), gone == 1 ? "is" : "are"));
    return members;
  }

  private JobSettings.Learning learning(JobView job, List<String> notes) {
    JobSettings.Learning old = job.settings().learning();
    Map<String, Object> kept = new HashMap<>(old.options());
    Map<String, String> lost = new HashMap<>();
    for (LearningOptions one : options) {
      lost.putAll(one.breaches(old.options(), job.itemKind()));
    }
    starts
        .misfit(job.projectId(), job.settings(), job.itemKind())
        .ifPresent(why -> lost.put(EarlierModels.OPTION, why));
    lost.forEach(
        (field, why) -> {
          kept.remove(LearningOptions.named(field));
          notes.add(why + " The usual takes its place.");
        });
    return new JobSettings.Learning(
        old.enabled(), old.target(), old.scope(), old.risk(), old.batchSize(), kept);
  }
}
