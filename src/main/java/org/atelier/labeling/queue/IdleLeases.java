package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Tasks in the hands of people who have left. */
@Singleton
class IdleLeases {

  /** A work page renews every minute; one that is late by less is on its way. */
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(15);

  private final QueueRepository queue;

  IdleLeases(QueueRepository queue) {
    this.queue = queue;
  }

  /**
   * Ends the leases of people who neither took, answered, declined nor gave back a task of the job
   * since an instant, and frees their places; leaves alone what others are changing, and what a
   * work page renewed since: somebody looks at it. What such a person still says is kept like any
   * answer on an expired lease.
   *
   * @return tasks freed
   */
  int end(UUID jobId, Instant since, Instant now) {
    return queue.update(
        """
        with busy as (
          select distinct worker_id from labeling.lease
          where job_id = :job and (leased_at >= :since or ended_at >= :since)
        ), idle as (
          select l.id, l.task_id from labeling.lease l
          join labeling.job j on j.id = l.job_id
          where l.job_id = :job and l.state = 'ACTIVE'
            and l.expires_at - make_interval(secs => j.lease_seconds) < :renewed
            and l.worker_id not in (select worker_id from busy)
          order by l.id limit 500
        ), locked as (
          select id from labeling.task where id in (select task_id from idle)
          order by id for update skip locked
        ), gone as (
          update labeling.lease l set state = 'EXPIRED', ended_at = :now
          from idle where l.id = idle.id and l.task_id in (select id from locked)
            and l.state = 'ACTIVE'
          returning l.task_id
        ), freed as (
          select task_id, count(*) as slots from gone group by task_id
        )
        update labeling.task t set taken = t.taken - freed.slots
        from freed where t.id = freed.task_id
        """,
        s ->
            s.bind("job", jobId)
                .bind("since", since)
                .bind("renewed", since.minus(BETWEEN_RENEWALS))
                .bind("now", now));
  }
}
