package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.Ids;
import org.jdbi.v3.core.Jdbi;

/**
 * SQL on leases: who holds which task until when. Every method runs in the caller's transaction.
 */
@Singleton
class LeaseRepository {

  /**
   * A task is counted as taken where its lease is gained: another claim of the same person, newer
   * than what this one sees of leases, may have gained it already.
   */
  static final String CLAIM =
      """
      with candidate as (
        select t.id, t.priority, t.position
        from labeling.task t
        where t.job_id = :job and t.state = 'OPEN' and t.taken < t.required
          and not exists (
            select from labeling.lease l
            where l.task_id = t.id and l.worker_id = :worker
              and l.state in ('ACTIVE', 'ANSWERED', 'DECLINED'))
        order by t.priority, t.taken, t.position
        limit :count
        for update of t skip locked
      ), numbered as (
        select id, row_number() over (order by priority, position) as number from candidate
      ), gained as (
        insert into labeling.lease as l
          (id, job_id, task_id, worker_id, state, leased_at, expires_at)
        select fresh.id, :job, n.id, :worker, 'ACTIVE', :now, :until
        from numbered n join unnest(:ids) with ordinality fresh (id, number) using (number)
        order by n.number
        on conflict (task_id, worker_id) do update
          set state = 'ACTIVE', leased_at = excluded.leased_at, expires_at = excluded.expires_at,
            ended_at = null
          where l.state in ('EXPIRED', 'RELEASED')
        returning l.id, l.task_id, l.worker_id, l.state, l.expires_at
      ), counted as (
        update labeling.task t set taken = t.taken + 1
        from gained g where t.id = g.task_id
      )
      select id, task_id, worker_id, state, expires_at from gained
      """;

  /** In one order, because several pages of a person may hold the same leases. */
  private static final String HELD =
      """
      select id from labeling.lease
      where id = any(:leases) and worker_id = :worker and job_id = :job and state = 'ACTIVE'
      order by id for update\
      """;

  private final Jdbi jdbi;

  LeaseRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
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
                .map(Rows.mapper(LeaseRow.class))
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
                .map(Rows.mapper(LeaseRow.class))
                .list());
  }

  List<LeaseRow> renew(UUID jobId, UUID workerId, Collection<UUID> leases, Instant until) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    update labeling.lease l set expires_at = :until
                    from (%s) held where l.id = held.id
                    returning l.id, l.task_id, l.worker_id, l.state, l.expires_at
                    """
                        .formatted(HELD))
                .bind("until", until)
                .bind("leases", leases.toArray(new UUID[0]))
                .bind("worker", workerId)
                .bind("job", jobId)
                .map(Rows.mapper(LeaseRow.class))
                .list());
  }

  /** Ends leases at a time, those that end later. */
  int shorten(UUID jobId, UUID workerId, Collection<UUID> leases, Instant until) {
    return Rows.update(
        jdbi,
        """
        update labeling.lease l set expires_at = least(l.expires_at, :until)
        from (%s) held where l.id = held.id
        """
            .formatted(HELD),
        s ->
            s.bind("until", until)
                .bind("leases", leases.toArray(new UUID[0]))
                .bind("worker", workerId)
                .bind("job", jobId));
  }

  /** Ends leases past their time and frees their slots; leaves alone what others are changing. */
  int expire(UUID jobId, Instant now) {
    return Rows.update(
        jdbi,
        """
        with late as (
          select id, task_id from labeling.lease
          where job_id = :job and state = 'ACTIVE' and expires_at <= :now
          order by expires_at limit 500 for update skip locked
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
                .map(Rows.mapper(LeaseRow.class))
                .findOne());
  }

  /** What a worker's answer with a key meets; the task is locked by the caller. */
  Optional<Standing> standing(UUID jobId, TaskRow task, UUID workerId, UUID leaseId, UUID key) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select l.id, l.task_id, l.worker_id, l.state, l.expires_at, l.leased_at,
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
                .map(Rows.mapper(Standing.class))
                .findOne());
  }

  /** Remembers that the holders of these leases were shown what the machine thinks. */
  void markSuggested(Collection<UUID> leases) {
    Rows.update(
        jdbi,
        "update labeling.lease set suggested = true where id = any(:leases) and not suggested",
        s -> s.bind("leases", leases.toArray(new UUID[0])));
  }

  /** Items of a job that somebody answered who had been shown what the machine thinks. */
  Set<UUID> answeredInView(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select t.item_id
                    from labeling.lease l join labeling.task t on t.id = l.task_id
                    where l.job_id = :job and l.suggested and l.state = 'ANSWERED'
                    """)
                .bind("job", jobId)
                .mapTo(UUID.class)
                .set());
  }

  /** Counts time spent on a skipped item to the person's day. */
  void countSkipped(UUID jobId, UUID workerId, int millis, Instant now) {
    Rows.update(
        jdbi,
        """
        insert into labeling.worker_day as d
          (worker_id, job_id, day, answers, active_millis, skipped_millis, last_at)
        values (:worker, :job, (cast(:now as timestamptz) at time zone 'UTC')::date, 0, 0,
          :millis, :now)
        on conflict (worker_id, job_id, day) do update
          set skipped_millis = d.skipped_millis + excluded.skipped_millis
        """,
        s -> s.bind("worker", workerId).bind("job", jobId).bind("millis", millis).bind("now", now));
  }

  void endLease(UUID leaseId, LeaseState state, Instant now) {
    Rows.update(
        jdbi,
        "update labeling.lease set state = :state, ended_at = :now where id = :lease",
        s -> s.bind("state", state).bind("now", now).bind("lease", leaseId));
  }

  void declineLease(UUID leaseId, String reason, String text, Instant now) {
    Rows.update(
        jdbi,
        """
        update labeling.lease set state = 'DECLINED', ended_at = :now, decline_reason = :reason,
          decline_text = :text
        where id = :lease
        """,
        s -> s.bind("now", now).bind("reason", reason).bind("text", text).bind("lease", leaseId));
  }

  void reviveLease(UUID leaseId, Instant until) {
    Rows.update(
        jdbi,
        """
        update labeling.lease set state = 'ACTIVE', expires_at = :until, ended_at = null
        where id = :lease
        """,
        s -> s.bind("until", until).bind("lease", leaseId));
  }

  /** The person's lease on a task, answered from now on; a live one gives its slot back. */
  UUID answeredLease(UUID jobId, UUID taskId, UUID personId, Instant now) {
    Rows.update(
        jdbi,
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
}
