package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.consolidation.AnswerSet;
import org.atelier.labeling.consolidation.Consolidation;
import org.atelier.labeling.consolidation.ConsolidationMethod;
import org.atelier.labeling.consolidation.ConsolidationMethods;
import org.atelier.labeling.consolidation.LabelSets;
import org.atelier.labeling.consolidation.MajorityVote;
import org.atelier.labeling.consolidation.WorkerSkill;
import org.jdbi.v3.core.Jdbi;

/** Looks at all answers of a job at once and revises the labels that come out differently. */
@Singleton
class Reconsolidation {

  private static final int FETCH = 5_000;

  private final Jdbi jdbi;
  private final LabelRepository labels;
  private final LabelNews news;

  Reconsolidation(Jdbi jdbi, LabelRepository labels, LabelNews news) {
    this.jdbi = jdbi;
    this.labels = labels;
    this.news = news;
  }

  private record Row(
      UUID itemId,
      int ordinal,
      int round,
      TaskReason reason,
      UUID workerId,
      int[] classIndexes,
      boolean inView) {}

  private record Item(UUID id, int ordinal, int round, TaskReason reason) {}

  /** All answers to settled items, as arrays. */
  private static final class Answers {
    private final List<Item> items = new ArrayList<>();
    private final Map<UUID, Integer> workers = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>();
    private final BitSet fair = new BitSet();
    private int[] item = new int[1024];
    private int[] worker = new int[1024];
    private int[] counts = new int[1024];

    void add(Row row) {
      if (items.isEmpty() || !items.get(items.size() - 1).id().equals(row.itemId())) {
        fair.set(items.size(), row.reason().isFair() && !row.inView());
        items.add(new Item(row.itemId(), row.ordinal(), row.round(), row.reason()));
      }
      int at = sets.size();
      if (at == item.length) {
        item = Arrays.copyOf(item, at * 2);
        worker = Arrays.copyOf(worker, at * 2);
        counts = Arrays.copyOf(counts, at * 2);
      }
      item[at] = items.size() - 1;
      worker[at] = workers.computeIfAbsent(row.workerId(), id -> workers.size());
      counts[items.size() - 1]++;
      sets.add(row.classIndexes());
    }
  }

  /** Revises the labels of items with at least two answers; returns how many changed. */
  int run(QueueJob job, Instant now) {
    ConsolidationMethod method = ConsolidationMethods.named(job.method()).orElseThrow();
    if (method instanceof MajorityVote) {
      return 0;
    }
    Answers answers = read(job.id());
    if (answers.items.isEmpty()) {
      return 0;
    }
    List<LabelRow> outcome = outcome(job, method, answers, now);
    int changed = 0;
    for (LabelRow label : outcome) {
      changed += revise(job.id(), label, now) ? 1 : 0;
    }
    if (changed > 0) {
      news.consolidated(job, 0, changed);
    }
    return changed;
  }

  /** How good each worker is by the job's method, as far as fair items can tell. */
  Map<UUID, WorkerSkill> skills(QueueJob job) {
    Answers answers = read(job.id());
    ConsolidationMethod method = ConsolidationMethods.named(job.method()).orElseThrow();
    List<WorkerSkill> skills =
        job.taskType() == TaskType.SINGLE
            ? labelsOf(job, method, answers).workers()
            : setsOf(job, method, answers).workers();
    Map<UUID, WorkerSkill> byWorker = new HashMap<>();
    answers.workers.forEach((id, index) -> byWorker.put(id, skills.get(index)));
    return byWorker;
  }

  private List<LabelRow> outcome(
      QueueJob job, ConsolidationMethod method, Answers answers, Instant now) {
    List<LabelRow> rows = new ArrayList<>();
    Consolidation single =
        job.taskType() == TaskType.SINGLE ? labelsOf(job, method, answers) : null;
    LabelSets multi = single == null ? setsOf(job, method, answers) : null;
    for (int i = 0; i < answers.items.size(); i++) {
      if (answers.counts[i] < 2) {
        continue;
      }
      Item item = answers.items.get(i);
      TaskRow task =
          new TaskRow(
              null,
              item.id(),
              item.ordinal(),
              item.round(),
              item.reason(),
              TaskState.SETTLED,
              0,
              0,
              0,
              0,
              0,
              false,
              false);
      rows.add(
          single != null
              ? Settlement.row(
                  task,
                  new int[] {single.labels()[i]},
                  new int[0],
                  new double[0],
                  single.confidences()[i],
                  answers.counts[i],
                  now)
              : Settlement.row(
                  task,
                  multi.chosen()[i],
                  multi.named()[i],
                  multi.confidences()[i],
                  multi.decisions()[i],
                  answers.counts[i],
                  now));
    }
    return rows;
  }

  private static Consolidation labelsOf(QueueJob job, ConsolidationMethod method, Answers a) {
    int[] label = a.sets.stream().mapToInt(set -> set[0]).toArray();
    AnswerSet set =
        AnswerSet.of(
            a.items.size(),
            a.workers.size(),
            job.classCount(),
            Arrays.copyOf(a.item, label.length),
            Arrays.copyOf(a.worker, label.length),
            label);
    return method.consolidate(set, a.fair);
  }

  private static LabelSets setsOf(QueueJob job, ConsolidationMethod method, Answers a) {
    int size = a.sets.size();
    return LabelSets.consolidate(
        method,
        a.items.size(),
        a.workers.size(),
        job.classCount(),
        Arrays.copyOf(a.item, size),
        Arrays.copyOf(a.worker, size),
        a.sets.toArray(new int[0][]),
        a.fair);
  }

  private boolean revise(UUID jobId, LabelRow label, Instant now) {
    LabelRow current = labels.current(jobId, label.itemId()).orElse(null);
    if (current == null || current.source() != LabelOrigin.HUMAN || current.says(label)) {
      return false;
    }
    labels.supersede(
        jobId, label.itemId(), LabelOrigin.HUMAN, "All answers were consolidated anew.", now);
    labels.insert(jobId, label);
    return true;
  }

  private Answers read(UUID jobId) {
    Answers answers = new Answers();
    jdbi.useHandle(
        h -> {
          try (var rows =
              h.createQuery(
                      """
                      select t.item_id, t.ordinal, t.round, t.reason, a.worker_id, a.class_indexes,
                        exists (select from labeling.lease l where l.task_id = t.id
                          and l.suggested and l.state = 'ANSWERED') as in_view
                      from labeling.task t
                      join labeling.answer a on a.task_id = t.id
                        and a.undone_at is null and a.replaced_at is null
                      where t.job_id = :job and t.state = 'SETTLED' and not t.decided
                      order by t.ordinal, a.received_at, a.id
                      """)
                  .bind("job", jobId)
                  .setFetchSize(FETCH)
                  .map(QueueRepository.mapper(Row.class))
                  .iterator()) {
            rows.forEachRemaining(answers::add);
          }
        });
    return answers;
  }
}
