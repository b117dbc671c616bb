package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.LearningBridge.Decided;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.Ids;

/**
 * Labels fixed by somebody in charge. Each decision is also an answer, so that it is never lost.
 *
 * <p>Whoever decides may have seen what the machine says, so a decision is not blind. Open tasks
 * are therefore left alone: they may be draws of an audit, whose outcome is what people say of the
 * item alone. All of them are, whatever their reason, so that being left alone tells nothing.
 */
@Singleton
class Decisions {

  private final QueueRepository queue;
  private final LeaseRepository leases;
  private final AnswerRepository answers;
  private final LabelRepository labels;
  private final LabelNews news;

  Decisions(
      QueueRepository queue,
      LeaseRepository leases,
      AnswerRepository answers,
      LabelRepository labels,
      LabelNews news) {
    this.queue = queue;
    this.leases = leases;
    this.answers = answers;
    this.labels = labels;
    this.news = news;
  }

  /** Decides items one after the other, in a fixed order so that two deciders cannot block. */
  Decided decide(
      QueueJob job,
      int round,
      UUID personId,
      Collection<UUID> itemIds,
      int[] classes,
      Instant now) {
    List<UUID> open =
        queue.lockTasksOfItems(job.id(), itemIds).stream()
            .filter(task -> task.state() == TaskState.OPEN)
            .map(TaskRow::itemId)
            .toList();
    List<UUID> free = itemIds.stream().distinct().filter(id -> !open.contains(id)).toList();
    queue.ask(job, round, TaskReason.DECIDED, TaskReason.DECIDED.priority(), free);
    int made = 0;
    for (TaskRow task : queue.lockTasksOfItems(job.id(), free)) {
      // Asking opened or left settled all but those of deleted items.
      boolean exists = task.state() != TaskState.WITHDRAWN;
      made += exists && decide(job, task, personId, classes, now) ? 1 : 0;
    }
    if (made > 0) {
      news.consolidated(job, round, made);
    }
    return new Decided(made, open.size());
  }

  private boolean decide(QueueJob job, TaskRow task, UUID personId, int[] classes, Instant now) {
    Optional<LabelRow> current = labels.current(job.id(), task.itemId());
    if (task.decided()
        && current.isPresent()
        && Arrays.equals(current.get().classIndexes(), classes)) {
      return false;
    }
    for (AnswerRow earlier : answers.current(task.id())) {
      if (earlier.workerId().equals(personId)) {
        answers.markReplaced(earlier.id(), now);
      }
    }
    UUID lease = leases.answeredLease(job.id(), task.id(), personId, now);
    answers.insert(job.id(), answer(task, lease, personId, classes, now));
    current.ifPresent(
        label ->
            labels.supersede(job.id(), task.itemId(), null, "Somebody in charge decided it.", now));
    int count = answers.current(task.id()).size();
    labels.insert(
        job.id(),
        Settlement.row(
            task.because(TaskReason.DECIDED).asked(),
            classes,
            new int[0],
            new double[0],
            0,
            count,
            now));
    queue.markDecided(task.id());
    return true;
  }

  private static AnswerRow answer(
      TaskRow task, UUID lease, UUID personId, int[] classes, Instant now) {
    return new AnswerRow(
        Ids.next(),
        task.id(),
        lease,
        personId,
        Ids.next(),
        classes,
        TaskReason.DECIDED,
        0,
        now,
        now,
        true,
        null,
        null);
  }
}
