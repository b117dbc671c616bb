package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiPredicate;
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

/**
 * Looks at all answers of a job at once and revises the labels that come out differently. Answers
 * come in meanwhile: an item whose answers are no longer those that were read is left as it is, for
 * the next time.
 */
@Singleton
class Reconsolidation {

  private static final int FETCH = 5_000;
  private static final int PART = 1_000;

  private final Jdbi jdbi;
  private final QueueRepository queue;
  private final LabelRepository labels;
  private final LabelNews news;

  Reconsolidation(Jdbi jdbi, QueueRepository queue, LabelRepository labels, LabelNews news) {
    this.jdbi = jdbi;
    this.queue = queue;
    this.labels = labels;
    this.news = news;
  }

  private record Row(
      UUID taskId,
      UUID answerId,
      UUID itemId,
      int ordinal,
      int round,
      TaskReason reason,
      UUID workerId,
      int[] classIndexes,
      boolean inView) {}

  private record Item(UUID taskId, TaskRow.Asked asked) {}

  /**
   * A label that comes out differently.
   *
   * @param answers {@link #mark} of the answers it was made of, added up
   */
  private record Revision(UUID taskId, long answers, LabelRow label) {}

  private record Given(UUID taskId, UUID id) {}

  /** All answers to settled items, as arrays. */
  private static final class Answers {
    private final List<Item> items = new ArrayList<>();
    private final Map<UUID, Integer> workers = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>();
    private final BitSet fair = new BitSet();
    private int[] item = new int[1024];
    private int[] worker = new int[1024];
    private int[] counts = new int[1024];
    private long[] marks = new long[1024];

    void add(Row row) {
      if (items.isEmpty() || !items.get(items.size() - 1).taskId().equals(row.taskId())) {
        fair.set(items.size(), row.reason().isFair() && !row.inView());
        items.add(
            new Item(
                row.taskId(),
                new TaskRow.Asked(row.itemId(), row.ordinal(), row.round(), row.reason())));
      }
      int at = sets.size();
      if (at == item.length) {
        item = Arrays.copyOf(item, at * 2);
        worker = Arrays.copyOf(worker, at * 2);
        counts = Arrays.copyOf(counts, at * 2);
        marks = Arrays.copyOf(marks, at * 2);
      }
      item[at] = items.size() - 1;
      worker[at] = workers.computeIfAbsent(row.workerId(), id -> workers.size());
      counts[items.size() - 1]++;
      marks[items.size() - 1] += mark(row.answerId());
      sets.add(row.classIndexes());
    }
  }

  /**
   * Revises the labels of items with at least two answers; returns how many changed.
   *
   * @param same whether a label stays as it is although another was made
   */
  int run(QueueJob job, Instant now, BiPredicate<LabelRow, LabelRow> same) {
    ConsolidationMethod method = ConsolidationMethods.named(job.method()).orElseThrow();
    if (method instanceof MajorityVote) {
      return 0;
    }
    Answers answers = read(job.id());
    if (answers.items.isEmpty()) {
      return 0;
    }
    List<Revision> different = different(job.id(), outcome(job, method, answers, now), same);
    int changed = 0;
    for (int from = 0; from < different.size(); from += PART) {
      List<Revision> part = different.subList(from, Math.min(different.size(), from + PART));
      changed += revise(job.id(), part, now);
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

  private List<Revision> outcome(
      QueueJob job, ConsolidationMethod method, Answers answers, Instant now) {
    List<Revision> outcome = new ArrayList<>();
    Consolidation single =
        job.taskType() == TaskType.SINGLE ? labelsOf(job, method, answers) : null;
    LabelSets multi = single == null ? setsOf(job, method, answers) : null;
    for (int i = 0; i < answers.items.size(); i++) {
      if (answers.counts[i] < 2) {
        continue;
      }
      Item item = answers.items.get(i);
      LabelRow label =
          single != null
              ? label(item, single, i, answers.counts[i], now)
              : label(item, multi, i, answers.counts[i], now);
      outcome.add(new Revision(item.taskId(), answers.marks[i], label));
    }
    return outcome;
  }

  private static LabelRow label(Item item, Consolidation made, int at, int answers, Instant now) {
    int[] chosen = {made.labels()[at]};
    double confidence = made.confidences()[at];
    return Settlement.row(
        item.asked(), chosen, new int[0], new double[0], confidence, answers, now);
  }

  private static LabelRow label(Item item, LabelSets made, int at, int answers, Instant now) {
    return Settlement.row(
        item.asked(),
        made.chosen()[at],
        made.named()[at],
        made.confidences()[at],
        made.decisions()[at],
        answers,
        now);
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

  /** Those that say something else than the item's label of now, in order of their tasks. */
  private List<Revision> different(
      UUID jobId, List<Revision> outcome, BiPredicate<LabelRow, LabelRow> same) {
    Map<UUID, Revision> byItem = new HashMap<>();
    outcome.forEach(one -> byItem.put(one.label().itemId(), one));
    List<Revision> different = new ArrayList<>();
    labels.eachCurrent(
        jobId,
        LabelOrigin.HUMAN,
        label -> {
          Revision made = byItem.get(label.itemId());
          if (made != null && !same.test(label, made.label())) {
            different.add(made);
          }
        });
    different.sort(Comparator.comparing(Revision::taskId));
    return different;
  }

  private int revise(UUID jobId, List<Revision> part, Instant now) {
    List<UUID> items = part.stream().map(one -> one.label().itemId()).toList();
    Map<UUID, TaskRow> tasks = new HashMap<>();
    queue.lockTasksOfItems(jobId, items).forEach(task -> tasks.put(task.id(), task));
    Map<UUID, Long> answers = answersOf(tasks.keySet());
    int changed = 0;
    for (Revision one : part) {
      TaskRow task = tasks.get(one.taskId());
      boolean same =
          task != null
              && task.state() == TaskState.SETTLED
              && !task.decided()
              && answers.getOrDefault(task.id(), 0L) == one.answers();
      changed += same && replace(jobId, one.label(), now) ? 1 : 0;
    }
    return changed;
  }

  private boolean replace(UUID jobId, LabelRow label, Instant now) {
    String why = "All answers were consolidated anew.";
    boolean human = labels.supersede(jobId, label.itemId(), LabelOrigin.HUMAN, why, now) == 1;
    if (human) {
      labels.insert(jobId, label);
    }
    return human;
  }

  /** The current answers to each task, as the sum of their marks. */
  private Map<UUID, Long> answersOf(Collection<UUID> tasks) {
    Map<UUID, Long> marks = new HashMap<>();
    jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select task_id, id from labeling.answer
                        where task_id = any(:tasks) and undone_at is null and replaced_at is null
                        """)
                    .bind("tasks", tasks.toArray(new UUID[0]))
                    .map(QueueRepository.mapper(Given.class))
                    .list())
        .forEach(one -> marks.merge(one.taskId(), mark(one.id()), Long::sum));
    return marks;
  }

  /** A number that tells answers apart. */
  private static long mark(UUID answer) {
    return answer.getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ answer.getLeastSignificantBits();
  }

  private Answers read(UUID jobId) {
    Answers answers = new Answers();
    jdbi.useHandle(
        h -> {
          try (var rows =
              h.createQuery(
                      """
                      select t.id as task_id, a.id as answer_id, t.item_id, t.ordinal, t.round,
                        t.reason, a.worker_id, a.class_indexes,
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
