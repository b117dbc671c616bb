package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.LearningBridge.Repeats;
import org.atelier.labeling.QueueDepth;
import org.jdbi.v3.core.Jdbi;

/** Counts over a job's tasks and answers. */
@Singleton
class QueueCounts {

  private final Jdbi jdbi;
  private final Tally tally;

  QueueCounts(Jdbi jdbi, Tally tally) {
    this.jdbi = jdbi;
    this.tally = tally;
  }

  /**
   * How a job stands, from counts that are kept: costs the same however many tasks there are. Live
   * leases are counted; each person holds a few.
   */
  QueueDepth depth(UUID jobId) {
    tally.fold(jobId);
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select coalesce(sum(value) filter (where kind = 'O'), 0) as open,
                      (select count(*) from labeling.lease
                        where job_id = :job and state = 'ACTIVE') as under_way,
                      coalesce(sum(value) filter (where kind = 'E'), 0) as settled,
                      coalesce(sum(value) filter (where kind = 'D'), 0) as declined,
                      coalesce(sum(value) filter (where kind = 'N'), 0) as answers,
                      (select count(*) from labeling.lease l
                        join labeling.task t on t.id = l.task_id and t.state = 'WITHDRAWN'
                        where l.job_id = :job and l.state = 'ACTIVE') as late,
                      coalesce(sum(value) filter (where kind = 'S'), 0) as asked,
                      greatest(0, coalesce(sum(value) filter (where kind = 'A'), 0)
                        - coalesce(sum(value) filter (where kind = 'N'), 0)) as surplus
                    from (
                      select kind, value from labeling.tally
                      where job_id = :job and kind in ('O', 'E', 'D', 'N', 'S', 'A')
                      union all
                      select kind, value from labeling.tally_change
                      where job_id = :job and kind in ('O', 'E', 'D', 'N', 'S', 'A')) kept
                    """)
                .bind("job", jobId)
                .map(QueueRepository.mapper(QueueDepth.class))
                .one());
  }

  /** Counts the tasks of one round. */
  QueueDepth depth(UUID jobId, int round) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) filter (where state = 'OPEN') as open,
                      coalesce(sum(taken - answered), 0) as under_way,
                      count(*) filter (where state = 'SETTLED') as settled,
                      count(*) filter (where state = 'DECLINED') as declined,
                      coalesce(sum(answered), 0) as answers, 0 as late,
                      coalesce(sum(required - answered) filter (where state = 'OPEN'), 0) as asked,
                      0 as surplus
                    from labeling.task where job_id = :job and round = :round
                    """)
                .bind("job", jobId)
                .bind("round", round)
                .map(QueueRepository.mapper(QueueDepth.class))
                .one());
  }

  List<UUID> declined(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id from labeling.task
                    where job_id = :job and state = 'DECLINED' order by ordinal
                    """)
                .bind("job", jobId)
                .mapTo(UUID.class)
                .list());
  }

  /** Reads declined tasks only, of which there are few. */
  long declinedWithoutLabel(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) from labeling.task t
                    where t.job_id = :job and t.state = 'DECLINED'
                      and not exists (select from labeling.label l where l.job_id = t.job_id
                        and l.item_id = t.item_id and l.superseded_at is null)
                    """)
                .bind("job", jobId)
                .mapTo(Long.class)
                .one());
  }

  List<UUID> open(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id from (
                      select item_id, ordinal from labeling.task
                      where job_id = :job and state = 'OPEN'
                      union all
                      select t.item_id, t.ordinal from labeling.lease l
                      join labeling.task t on t.id = l.task_id
                      where l.job_id = :job and l.state = 'ACTIVE' and t.state = 'WITHDRAWN'
                    ) asked group by item_id, ordinal order by ordinal
                    """)
                .bind("job", jobId)
                .mapTo(UUID.class)
                .list());
  }

  /** Items of tasks that were taken back and that somebody still holds. */
  List<UUID> heldBack(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select distinct t.item_id from labeling.lease l
                    join labeling.task t on t.id = l.task_id
                    where l.job_id = :job and l.state = 'ACTIVE' and t.state = 'WITHDRAWN'
                    """)
                .bind("job", jobId)
                .mapTo(UUID.class)
                .list());
  }

  /** First and second blind answers of a job; reads all its answered tasks. */
  Repeats repeats(QueueJob job) {
    double share = job.repeatShare();
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) filter (where fair) as labels,
                      count(*) filter (where fair and chosen) as checked,
                      count(*) filter (where fair and chosen and blind > 1 and said > 1)
                        as differing,
                      count(*) filter (where fair and chosen and blind < 2) as missing,
                      count(*) filter (where not fair) as unchecked,
                      cast(:share as double precision) as share
                    from (
                      select f.blind, f.said, t.repeated or :all as chosen,
                        not t.decided and (t.repeated is not null or :all)
                          and not case when :all then f.blind < 2 and f.answers > f.blind
                            else f.led end as fair
                      from labeling.task t
                      cross join lateral (
                        select count(*) as answers,
                          count(*) filter (where not b.shown) as blind,
                          count(distinct b.class_indexes)
                            filter (where not b.shown and b.place <= 2) as said,
                          bool_or(b.shown and b.nth = 1) as led
                        from (
                          select a.class_indexes, l.suggested as shown,
                            row_number() over (order by a.received_at, a.id) as nth,
                            count(*) filter (where not l.suggested)
                              over (order by a.received_at, a.id) as place
                          from labeling.answer a join labeling.lease l on l.id = a.lease_id
                          where a.task_id = t.id and a.undone_at is null
                            and a.replaced_at is null and a.reason <> 'DECIDED') b) f
                      where t.job_id = :job and (t.answered > 0 or t.decided)
                        and (t.decided or f.answers > 0)) one
                    """)
                .bind("job", job.id())
                .bind("all", share == 1)
                .bind("share", share)
                .map(QueueRepository.mapper(Repeats.class))
                .one());
  }
}
