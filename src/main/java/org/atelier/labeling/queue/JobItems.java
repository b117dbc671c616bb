package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.TaskType;
import org.atelier.labeling.consolidation.WorkerSkill;
import org.jdbi.v3.core.Jdbi;

/** Reads what people in charge look at: labels with their provenance, people's work, counts. */
@ApplicationScoped
public class JobItems {

  private static final int PAGE = 48;

  private static final String LABELED =
      """
      (select l.item_id, l.ordinal, l.source as state, l.class_indexes, l.confidence, l.answers,
        l.reason
      from labeling.label l
      where l.job_id = :job and l.superseded_at is null and l.ordinal > :after%s
      order by l.ordinal limit :page)
      """;

  private static final String OF_ANY_CLASS = " and :label = any(l.class_indexes)";

  private static final String WAITING =
      """
      (select t.item_id, t.ordinal, t.state, '{}'::int[] as class_indexes,
        0::double precision as confidence, t.answered as answers, null::text as reason
      from labeling.task t
      where t.job_id = :job and t.state = '%s' and t.ordinal > :after
        and not exists (select from labeling.label l where l.job_id = :job
          and l.item_id = t.item_id and l.superseded_at is null)
      order by t.ordinal limit :page)
      """;

  private final Jdbi jdbi;
  private final Tally tally;
  private final QueueRepository queue;
  private final Skills skills;

  JobItems(Jdbi jdbi, Tally tally, QueueRepository queue, Skills skills) {
    this.jdbi = jdbi;
    this.tally = tally;
    this.queue = queue;
    this.skills = skills;
  }

  /** Current labels by origin, waiting and declined items, answers and unanswered questions. */
  public record Counts(
      long human, long machine, long asked, long declined, long answers, long openQuestions) {}

  /**
   * An item of the job's list.
   *
   * @param state label origin (HUMAN, MACHINE) or task state (OPEN, DECLINED, WITHDRAWN)
   */
  public record ListedItem(
      UUID itemId,
      int ordinal,
      String state,
      int[] classIndexes,
      double confidence,
      int answers,
      TaskReason reason) {}

  /** A label the item has or had. */
  public record LabelStep(
      int[] classIndexes,
      String source,
      double confidence,
      int answers,
      TaskReason reason,
      int round,
      String modelDigest,
      Instant createdAt,
      Instant supersededAt,
      String supersededWhy) {}

  /** What somebody said of the item. */
  public record AnswerStep(
      String worker,
      int[] classIndexes,
      TaskReason reason,
      int activeMillis,
      Instant receivedAt,
      boolean surplus,
      Instant undoneAt,
      Instant replacedAt) {}

  /** Somebody who declined the item. */
  public record DeclineStep(String worker, String reason, String text, Instant at) {}

  /** Everything that happened to an item in a job. */
  public record History(
      List<LabelStep> labels, List<AnswerStep> answers, List<DeclineStep> declines) {}

  /** A person's part in a job. */
  public record Worker(
      UUID personId,
      String name,
      long answers,
      long activeMillis,
      Instant lastAnswer,
      WorkerSkill skill) {}

  private record WorkerRow(
      UUID personId, String name, long answers, long activeMillis, Instant lastAnswer) {}

  @Transactional
  public Counts counts(UUID jobId) {
    Tally.Sums sums = tally.of(jobId);
    return new Counts(
        sums.human(),
        sums.machine(),
        sums.open(),
        sums.declined(),
        sums.answers(),
        sums.openQuestions());
  }

  /**
   * Items with a label or task in order of ordinals, 48 at a time.
   *
   * @param state HUMAN, MACHINE, OPEN or DECLINED; null for all
   * @param label class index among the chosen ones, null for any
   * @param after ordinal of the last item seen, −1 for the start
   */
  @Transactional
  public List<ListedItem> items(UUID jobId, String state, Integer label, int after) {
    boolean single =
        queue.job(jobId).map(job -> job.taskType() == TaskType.SINGLE).orElse(Boolean.TRUE);
    String parts = String.join(" union all ", parts(state, label, single));
    if (parts.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select item_id, ordinal, state, class_indexes, confidence, answers, reason"
                        + " from (%s) as listed order by ordinal limit :page".formatted(parts))
                .bind("job", jobId)
                .bind("state", state)
                .bind("label", label)
                .bind("after", after)
                .bind("page", PAGE)
                .map(Rows.mapper(ListedItem.class))
                .list());
  }

  /** The queries of a list, each of them walking an index of its own from where the page starts. */
  private static List<String> parts(String state, Integer label, boolean single) {
    List<String> parts = new ArrayList<>();
    boolean waiting = "OPEN".equals(state) || "DECLINED".equals(state);
    if (!waiting) {
      String ofClass = single ? " and l.class_indexes[1] = :label" : OF_ANY_CLASS;
      parts.add(
          LABELED.formatted(
              (state == null ? "" : " and l.source = :state") + (label == null ? "" : ofClass)));
    }
    for (String one : List.of("OPEN", "DECLINED")) {
      if (label == null && (state == null || state.equals(one))) {
        parts.add(WAITING.formatted(one));
      }
    }
    return parts;
  }

  /** The item's labels and answers, newest first; empty when the job has nothing of it. */
  @Transactional
  public Optional<History> history(UUID jobId, UUID itemId) {
    History history =
        new History(labels(jobId, itemId), answers(jobId, itemId), declines(jobId, itemId));
    boolean known =
        !history.labels().isEmpty()
            || jdbi.withHandle(
                h ->
                    h.createQuery(
                            """
                            select exists (select from labeling.task
                              where job_id = :job and item_id = :item)
                            """)
                        .bind("job", jobId)
                        .bind("item", itemId)
                        .mapTo(Boolean.class)
                        .one());
    return known ? Optional.of(history) : Optional.empty();
  }

  private List<LabelStep> labels(UUID jobId, UUID itemId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select class_indexes, source, confidence, answers, reason, round, model_digest,
                      created_at, superseded_at, superseded_why
                    from labeling.label where item_id = :item and job_id = :job
                    order by created_at desc, id desc
                    """)
                .bind("job", jobId)
                .bind("item", itemId)
                .map(Rows.mapper(LabelStep.class))
                .list());
  }

  private List<AnswerStep> answers(UUID jobId, UUID itemId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.display_name as worker, a.class_indexes, a.reason, a.active_millis,
                      a.received_at, a.surplus, a.undone_at, a.replaced_at
                    from labeling.task t join labeling.answer a on a.task_id = t.id
                    join workforce.person p on p.id = a.worker_id
                    where t.job_id = :job and t.item_id = :item
                    order by a.received_at desc, a.id desc
                    """)
                .bind("job", jobId)
                .bind("item", itemId)
                .map(Rows.mapper(AnswerStep.class))
                .list());
  }

  private List<DeclineStep> declines(UUID jobId, UUID itemId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.display_name as worker, l.decline_reason as reason,
                      l.decline_text as text, l.ended_at as at
                    from labeling.task t join labeling.lease l on l.task_id = t.id
                    join workforce.person p on p.id = l.worker_id
                    where t.job_id = :job and t.item_id = :item and l.state = 'DECLINED'
                    order by l.ended_at desc
                    """)
                .bind("job", jobId)
                .bind("item", itemId)
                .map(Rows.mapper(DeclineStep.class))
                .list());
  }

  /** The people who answered, by name, with what is known of their skill. No ranking. */
  @Transactional
  public List<Worker> workers(UUID jobId) {
    List<WorkerRow> rows = workerRows(jobId);
    Map<UUID, WorkerSkill> known = skillsOf(jobId, rows);
    return rows.stream()
        .map(
            row ->
                new Worker(
                    row.personId(),
                    row.name(),
                    row.answers(),
                    row.activeMillis(),
                    row.lastAnswer(),
                    known.get(row.personId())))
        .toList();
  }

  private Map<UUID, WorkerSkill> skillsOf(UUID jobId, List<WorkerRow> rows) {
    long answers = rows.stream().mapToLong(WorkerRow::answers).sum();
    Instant last =
        rows.stream()
            .map(WorkerRow::lastAnswer)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return queue
        .job(jobId)
        .map(job -> skills.of(job, new Skills.Answers(answers, last)))
        .orElse(Map.of());
  }

  private List<WorkerRow> workerRows(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select p.id as person_id, p.display_name as name,
                      sum(d.answers) as answers, sum(d.active_millis) as active_millis,
                      max(d.last_at) as last_answer
                    from labeling.worker_day d join workforce.person p on p.id = d.worker_id
                    where d.job_id = :job
                    group by p.id having max(d.active_millis) > 0 or sum(d.answers) > 0
                    order by p.display_name, p.id
                    """)
                .bind("job", jobId)
                .map(Rows.mapper(WorkerRow.class))
                .list());
  }
}
