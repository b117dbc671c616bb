package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/** SQL on tasks and leases. Every method runs in the caller's transaction. */
@Singleton
class QueueRepository {

  static final String CLAIM =
      """
      with candidate as (
        select t.id
        from labeling.task t
        where t.job_id = :job and t.state = 'OPEN' and t.taken < t.required
          and not exists (
            select from labeling.lease l
            where l.task_id = t.id and l.worker_id = :worker
              and l.state in ('ACTIVE', 'ANSWERED', 'DECLINED'))
        order by t.priority, t.taken, t.position
        limit :count
        for update of t skip locked
      ), chosen as (
        update labeling.task t set taken = t.taken + 1
        from candidate c where t.id = c.id
        returning t.id, t.priority, t.position
      ), numbered as (
        select id, row_number() over (order by priority, position) as number from chosen
      )
      insert into labeling.lease as l
        (id, job_id, task_id, worker_id, state, leased_at, expires_at)
      select fresh.id, :job, n.id, :worker, 'ACTIVE', :now, :until
      from numbered n join unnest(:ids) with ordinality fresh (id, number) using (number)
      order by n.number
      on conflict (task_id, worker_id) do update
        set state = 'ACTIVE', leased_at = excluded.leased_at, expires_at = excluded.expires_at,
          ended_at = null
      returning l.id, l.task_id, l.worker_id, l.state, l.expires_at
      """;

  private static final String JOB =
      """
      select id, project_id, state, task_type, class_count, group_indexes, answers_per_item,
        most_answers, method, show_suggestions, lease_seconds, grace_seconds, closed_round,
        dataset_id, dataset_version, next_ordinal, budget_answers
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
    return jdbi.withHandle(
        h -> h.createQuery(JOB).bind("job", jobId).map(mapper(QueueJob.class)).findOne());
  }

  /** Locks the job's row against changes of state until the transaction ends. */
  Optional<QueueJob> lockJob(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(JOB + " for no key update")
                .bind("job", jobId)
                .map(mapper(QueueJob.class))
                .findOne());
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

  List<LeaseRow> claim(UUID jobId, UUID workerId, int count, Instant now, Instant until) {
    UUID[] ids = new UUID[count];
    java.util.Arrays.setAll(ids, at -> Ids.next());
    java.util.Arrays.sort(ids);
    return jdbi.withHandle(
        h ->
            h.createQuery(CLAIM)
                .bind("job", jobId)
                .bind("worker", workerId)
                .bind("count", count)
                .bind("now", now)
                .bind("until", until)
                .bind("ids", ids)
                .map(mapper(LeaseRow.class))
                .list());
  }

  List<LeaseRow> activeLeases(UUID jobId, UUID workerId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, task_id, worker_id, state, expires_at from labeling.lease
                    where worker_id = :worker and job_id = :job and state = 'ACTIVE'
                    order by leased_at, id
                    """)
                .bind("worker", workerId)
                .bind("job", jobId)
                .map(mapper(LeaseRow.class))
                .list());
  }

  List<LeaseRow> renew(UUID jobId, UUID workerId, Collection<UUID> leases, Instant until) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    update labeling.lease set expires_at = :until
                    where id = any(:leases) and worker_id = :worker and job_id = :job
                      and state = 'ACTIVE'
                    returning id, task_id, worker_id, state, expires_at
                    """)
                .bind("until", until)
                .bind("leases", leases.toArray(new UUID[0]))
                .bind("worker", workerId)
                .bind("job", jobId)
                .map(mapper(LeaseRow.class))
                .list());
  }

  /** Ends leases past their time and frees their slots; leaves alone what others are changing. */
  int expire(UUID jobId, Instant now) {
    return update(
        """
        with late as (
          select id, task_id from labeling.lease
          where job_id = :job and state = 'ACTIVE' and expires_at <= :now
          order by expires_at limit 500
        ), locked as (
          select id from labeling.task where id in (select task_id from late)
          for update skip locked
        ), gone as (
          update labeling.lease l set state = 'EXPIRED', ended_at = :now
          from late where l.id = late.id and l.task_id in (select id from locked)
            and l.state = 'ACTIVE' and l.expires_at <= :now
          returning l.task_id
        ), freed as (
          select task_id, count(*) as slots from gone group by task_id
        )
        update labeling.task t set taken = t.taken - freed.slots
        from freed where t.id = freed.task_id
        """,
        s -> s.bind("job", jobId).bind("now", now));
  }

  Optional<TaskRow> lockTask(UUID jobId, UUID taskId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(TASK + "where id = :task and job_id = :job for update")
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

  Optional<LeaseRow> lease(UUID leaseId, UUID jobId, UUID workerId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, task_id, worker_id, state, expires_at from labeling.lease
                    where id = :lease and job_id = :job and worker_id = :worker
                    """)
                .bind("lease", leaseId)
                .bind("job", jobId)
                .bind("worker", workerId)
                .map(mapper(LeaseRow.class))
                .findOne());
  }

  /** What a worker's answer with a key meets; the task is locked by the caller. */
  Optional<Standing> standing(UUID jobId, TaskRow task, UUID workerId, UUID leaseId, UUID key) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select l.id, l.task_id, l.worker_id, l.state, l.expires_at,
                      exists (select from labeling.answer a where a.worker_id = l.worker_id
                        and a.client_key = :key) as key_used,
                      exists (select from labeling.answer a where a.task_id = l.task_id
                        and a.undone_at is null and a.replaced_at is null) as answered,
                      exists (select from labeling.label b where b.job_id = l.job_id
                        and b.item_id = :item and b.superseded_at is null) as labeled
                    from labeling.lease l
                    where l.id = :lease and l.job_id = :job and l.worker_id = :worker
                    """)
                .bind("key", key)
                .bind("item", task.itemId())
                .bind("lease", leaseId)
                .bind("job", jobId)
                .bind("worker", workerId)
                .map(mapper(Standing.class))
                .findOne());
  }

  void endLease(UUID leaseId, LeaseState state, Instant now) {
    update(
        "update labeling.lease set state = :state, ended_at = :now where id = :lease",
        s -> s.bind("state", state).bind("now", now).bind("lease", leaseId));
  }

  void declineLease(UUID leaseId, String reason, String text, Instant now) {
    update(
        """
        update labeling.lease set state = 'DECLINED', ended_at = :now, decline_reason = :reason,
          decline_text = :text
        where id = :lease
        """,
        s -> s.bind("now", now).bind("reason", reason).bind("text", text).bind("lease", leaseId));
  }

  void reviveLease(UUID leaseId, Instant until) {
    update(
        """
        update labeling.lease set state = 'ACTIVE', expires_at = :until, ended_at = null
        where id = :lease
        """,
        s -> s.bind("until", until).bind("lease", leaseId));
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

  /** Whether people have labelled every item of a job by hand, and can undo nothing since. */
  boolean isHandWorkDone(UUID jobId, Instant undoable) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select exists (
                      select from labeling.job j
                      where j.id = :job and j.state = 'RUNNING' and j.next_ordinal is null
                        and (not j.learning or j.by_hand_reason is not null)
                        and not exists (select from labeling.task t where t.job_id = j.id
                          and t.state = 'OPEN')
                        and not exists (select from labeling.task t where t.job_id = j.id
                          and t.state = 'DECLINED')
                        and exists (select from labeling.answer a where a.job_id = j.id)
                        and not exists (select from labeling.answer a where a.job_id = j.id
                          and a.received_at >= :undoable))
                    """)
                .bind("job", jobId)
                .bind("undoable", undoable)
                .mapTo(Boolean.class)
                .one());
  }

  /** Asks for items: new tasks, and unanswered, withdrawn or declined ones take the new reason. */
  int ask(QueueJob job, int round, TaskReason reason, int priority, Collection<UUID> itemIds) {
    UUID[] items = itemIds.toArray(new UUID[0]);
    UUID[] ids = new UUID[items.length];
    java.util.Arrays.setAll(ids, at -> Ids.next());
    return update(
        """
        insert into labeling.task as t
          (id, job_id, item_id, ordinal, round, reason, priority, state, needed, required)
        select a.id, :job, i.id, i.ordinal, :round, :reason, :priority, 'OPEN', :needed, :needed
        from unnest(:ids, :items) with ordinality a (id, item, number)
        join dataset.item i on i.id = a.item and i.dataset_id = :dataset
        where not exists (
          select from dataset.tombstone d where d.item_id = i.id)
        order by a.number
        on conflict (job_id, item_id) do update
          set round = excluded.round, reason = excluded.reason, priority = excluded.priority,
            position = excluded.position, state = 'OPEN', declines = 0
          where t.answered = 0 and t.state <> 'SETTLED'
        """,
        s ->
            s.bind("job", job.id())
                .bind("dataset", job.datasetId())
                .bind("round", round)
                .bind("reason", reason)
                .bind("priority", priority)
                .bind("needed", job.answersPerItem())
                .bind("ids", ids)
                .bind("items", items));
  }

  /** Asks for one answer more on settled items that have fewer than nine. */
  int reopen(UUID jobId, int round, int priority, Collection<UUID> itemIds) {
    return update(
        """
        update labeling.task set state = 'OPEN', needed = answered + 1, required = taken + 1,
          round = :round, priority = :priority, sent_back = true, decided = false
        where job_id = :job and item_id = any(:items) and state = 'SETTLED' and taken < 9
        """,
        s ->
            s.bind("round", round)
                .bind("priority", priority)
                .bind("job", jobId)
                .bind("items", itemIds.toArray(new UUID[0])));
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

  /** The person's lease on a task, answered from now on; a live one gives its slot back. */
  UUID answeredLease(UUID jobId, UUID taskId, UUID personId, Instant now) {
    update(
        """
        update labeling.task t set taken = taken - 1
        from labeling.lease l
        where t.id = :task and l.task_id = t.id and l.worker_id = :person and l.state = 'ACTIVE'
        """,
        s -> s.bind("task", taskId).bind("person", personId));
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    insert into labeling.lease
                      (id, job_id, task_id, worker_id, state, leased_at, expires_at, ended_at)
                    values (:id, :job, :task, :person, 'ANSWERED', :now, :now, :now)
                    on conflict (task_id, worker_id) do update
                      set state = 'ANSWERED', ended_at = :now
                    returning id
                    """)
                .bind("id", Ids.next())
                .bind("job", jobId)
                .bind("task", taskId)
                .bind("person", personId)
                .bind("now", now)
                .mapTo(UUID.class)
                .one());
  }

  void markDecided(UUID taskId) {
    update(
        """
        update labeling.task set state = 'SETTLED', decided = true, required = greatest(taken, 0)
        where id = :task
        """,
        s -> s.bind("task", taskId));
  }

  int update(String sql, java.util.function.Function<SqlStatement<?>, SqlStatement<?>> bind) {
    return jdbi.withHandle(
        h -> {
          var statement = h.createUpdate(sql);
          bind.apply(statement);
          return statement.execute();
        });
  }

  static <T extends Record> RowMapper<T> mapper(Class<T> type) {
    return Rows.mapper(type);
  }
}
