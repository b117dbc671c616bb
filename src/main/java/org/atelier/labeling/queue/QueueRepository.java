package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL on tasks. Every method runs in the caller's transaction. */
@Singleton
class QueueRepository {

  private static final String JOB =
      """
      select id, project_id, state, task_type, class_count, group_indexes, answers_per_item,
        most_answers, method, show_suggestions, lease_seconds, grace_seconds, closed_round,
        dataset_id, dataset_version, next_ordinal, budget_answers, learning, scope
      from labeling.job where id = :job\
      """;

  private static final String TASK =
      """
      select id, item_id, ordinal, round, reason, state, needed, required, taken, answered,
        declines, sent_back, decided
      from labeling.task
      """;

  private final Jdbi jdbi;

  QueueRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Optional<QueueJob> job(UUID jobId) {
    return job(jobId, "");
  }

  /** Locks the job's row against changes of state until the transaction ends. */
  Optional<QueueJob> lockJob(UUID jobId) {
    return job(jobId, " for no key update");
  }

  /** As {@link #lockJob}; empty at once when somebody else holds it. */
  Optional<QueueJob> lockJobIfFree(UUID jobId) {
    return job(jobId, " for no key update skip locked");
  }

  private Optional<QueueJob> job(UUID jobId, String lock) {
    return jdbi.withHandle(
        h -> h.createQuery(JOB + lock).bind("job", jobId).map(mapper(QueueJob.class)).findOne());
  }

  /** Whether the person is a labeler of the project, or chosen for the job and still a member. */
  boolean mayWork(UUID jobId, UUID personId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select exists (
                      select from labeling.job j
                      join workforce.project_member m on m.project_id = j.project_id
                      where j.id = :job and m.person_id = :person
                        and case when j.everyone then m.role = 'LABELER'
                          else exists (select from labeling.job_worker w
                            where w.job_id = j.id and w.person_id = m.person_id) end)
                    """)
                .bind("job", jobId)
                .bind("person", personId)
                .mapTo(Boolean.class)
                .one());
  }

  Optional<TaskRow> lockTask(UUID jobId, UUID taskId) {
    return lockTask(jobId, taskId, "for update");
  }

  /** As {@link #lockTask}; empty at once when somebody else holds it. */
  Optional<TaskRow> lockTaskIfFree(UUID jobId, UUID taskId) {
    return lockTask(jobId, taskId, "for update skip locked");
  }

  private Optional<TaskRow> lockTask(UUID jobId, UUID taskId, String lock) {
    return jdbi.withHandle(
        h ->
            h.createQuery(TASK + "where id = :task and job_id = :job " + lock)
                .bind("task", taskId)
                .bind("job", jobId)
                .map(mapper(TaskRow.class))
                .findOne());
  }

  List<TaskRow> tasks(Collection<UUID> taskIds) {
    return jdbi.withHandle(
        h ->
            h.createQuery(TASK + "where id = any(:tasks)")
                .bind("tasks", taskIds.toArray(new UUID[0]))
                .map(mapper(TaskRow.class))
                .list());
  }

  void save(TaskRow task) {
    update(
        """
        update labeling.task set state = :state, required = :required, taken = :taken,
          answered = :answered, declines = :declines
        where id = :id
        """,
        s ->
            s.bind("state", task.state())
                .bind("required", task.required())
                .bind("taken", task.taken())
                .bind("answered", task.answered())
                .bind("declines", task.declines())
                .bind("id", task.id()));
  }

  /** Counts tasks with a free slot, up to a most. */
  int open(UUID jobId, int most) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
"""
select count(*) from (
  select from labeling.task
  where job_id = :job and state = 'OPEN' and taken < required limit :most) as waiting
""")
                .bind("job", jobId)
                .bind("most", most)
                .mapTo(Integer.class)
                .one());
  }

  /** Notes that a task was settled although it asked for more answers. */
  void markExhausted(UUID taskId) {
    update(
        "update labeling.task set exhausted = true where id = :task", s -> s.bind("task", taskId));
  }

  /**
   * Opens settled tasks again that were settled for want of people, for the answers they lack.
   *
   * @return tasks opened
   */
  int askExhaustedAgain(UUID jobId, int most) {
    return update(
        """
        update labeling.task set state = 'OPEN', exhausted = false,
          required = greatest(needed, taken + 1)
        where id in (
          select id from labeling.task
          where job_id = :job and exhausted and state = 'SETTLED' and not decided and taken < 9
          order by ordinal limit :most for update)
        """,
        s -> s.bind("job", jobId).bind("most", most));
  }

  /** Opens declined tasks again, also for those who declined them, and at most so many. */
  int askDeclinedAgain(UUID jobId, int most) {
    return update(
        """
        with again as (
          select id from labeling.task where job_id = :job and state = 'DECLINED'
          order by ordinal limit :most for update
        ), free as (
          update labeling.lease l set state = 'RELEASED'
          from again where l.task_id = again.id and l.state = 'DECLINED'
        )
        update labeling.task t set state = 'OPEN', declines = 0,
          required = greatest(needed, taken + 1)
        from again where t.id = again.id
        """,
        s -> s.bind("job", jobId).bind("most", most));
  }

  int exhausted(UUID jobId, int most) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) from (
                      select from labeling.task where job_id = :job and exhausted limit :most) as t
                    """)
                .bind("job", jobId)
                .bind("most", most)
                .mapTo(Integer.class)
                .one());
  }

  boolean isDeleted(UUID itemId) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select exists (select from dataset.tombstone where item_id = :item)")
                .bind("item", itemId)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Asks for items: new tasks; unanswered ones, also withdrawn or declined, and withdrawn ones that
   * lack answers take the new reason.
   */
  int ask(QueueJob job, int round, TaskReason reason, int priority, Collection<UUID> itemIds) {
    UUID[] items = itemIds.toArray(new UUID[0]);
    UUID[] ids = new UUID[items.length];
    java.util.Arrays.setAll(ids, at -> Ids.next());
    return update(
"""
insert into labeling.task as t
  (id, job_id, item_id, ordinal, round, reason, priority, state, needed, required, repeated)
select a.id, :job, i.id, i.ordinal, :round, :reason, :priority, 'OPEN',
  :needed + coalesce(r.repeated, false)::int, :needed + coalesce(r.repeated, false)::int, r.repeated
from unnest(:ids, :items) with ordinality a (id, item, number)
join dataset.item i on i.id = a.item and i.dataset_id = :dataset
cross join lateral (select labeling.is_repeated(:job, i.id, :extra) as repeated) r
where not exists (
  select from dataset.tombstone d where d.item_id = i.id)
order by a.number
on conflict (job_id, item_id) do update
  set round = excluded.round, reason = excluded.reason, priority = excluded.priority,
    position = excluded.position, state = 'OPEN', declines = 0
  where t.state <> 'SETTLED'
    and (t.answered = 0 or (t.state = 'WITHDRAWN' and t.answered < t.needed))
""",
        s ->
            s.bind("job", job.id())
                .bind("dataset", job.datasetId())
                .bind("round", round)
                .bind("reason", reason)
                .bind("priority", priority)
                .bind("needed", job.answersPerItem())
                .bind("extra", job.extraShare())
                .bind("ids", ids)
                .bind("items", items));
  }

  /** Asks for one answer more on settled items that have fewer than nine, of at most so many. */
  int reopen(UUID jobId, int round, int priority, Collection<UUID> itemIds, int most) {
    return update(
        """
        update labeling.task set state = 'OPEN', needed = answered + 1, required = taken + 1,
          round = :round, priority = :priority, sent_back = true, decided = false,
          exhausted = false
        where id in (
          select id from labeling.task
          where job_id = :job and item_id = any(:items) and state = 'SETTLED' and taken < 9
          order by id limit :most for update)
        """,
        s ->
            s.bind("round", round)
                .bind("priority", priority)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(new UUID[0]))
                .bind("most", most));
  }

  /** Items that wait unanswered already, and of those nobody is asked about at most so many. */
  List<UUID> unanswered(UUID jobId, Collection<UUID> itemIds, int most) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select t.item_id from labeling.task t
                    where t.job_id = :job and t.item_id = any(:items) and t.state = 'OPEN'
                      and t.answered = 0
                    union all
                    (select a.item from unnest(:items) with ordinality a (item, number)
                    where not exists (select from labeling.task t where t.job_id = :job
                      and t.item_id = a.item and t.state in ('OPEN', 'SETTLED'))
                    order by a.number limit :most)
                    """)
                .bind("items", itemIds.toArray(new UUID[0]))
                .bind("job", jobId)
                .bind("most", Math.max(0, most))
                .mapTo(UUID.class)
                .list());
  }

  int withdraw(UUID jobId, Collection<UUID> itemIds) {
    return update(
        """
        update labeling.task set state = 'WITHDRAWN'
        where job_id = :job and item_id = any(:items) and state = 'OPEN' and answered = 0
        """,
        s -> s.bind("job", jobId).bind("items", itemIds.toArray(new UUID[0])));
  }

  int withdraw(UUID jobId, TaskReason reason) {
    return update(
        """
        update labeling.task set state = 'WITHDRAWN'
        where job_id = :job and reason = :reason and state = 'OPEN' and answered = 0
        """,
        s -> s.bind("job", jobId).bind("reason", reason));
  }

  void closeRounds(UUID jobId, int round) {
    update(
        "update labeling.job set closed_round = greatest(closed_round, :round) where id = :job",
        s -> s.bind("round", round).bind("job", jobId));
  }

  List<TaskRow> lockTasksOfItems(UUID jobId, Collection<UUID> itemIds) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    TASK
                        + """
                        where job_id = :job and item_id = any(:items) order by id for update
                        """)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(new UUID[0]))
                .map(mapper(TaskRow.class))
                .list());
  }

  void markDecided(UUID taskId) {
    update(
        """
        update labeling.task set state = 'SETTLED', decided = true, exhausted = false,
          required = greatest(taken, 0)
        where id = :task
        """,
        s -> s.bind("task", taskId));
  }

  int update(String sql, Function<SqlStatement<?>, SqlStatement<?>> bind) {
    return Rows.update(jdbi, sql, bind);
  }

  static <T extends Record> RowMapper<T> mapper(Class<T> type) {
    return Rows.mapper(type);
  }
}
