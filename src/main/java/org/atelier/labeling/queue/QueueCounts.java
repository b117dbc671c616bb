package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.LearningBridge.Agreement;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.jdbi.v3.core.Jdbi;

/** Counts over a job's tasks and answers. */
@Singleton
class QueueCounts {

  private static final List<String> FAIR =
      java.util.Arrays.stream(TaskReason.values())
          .filter(TaskReason::isFair)
          .map(TaskReason::name)
          .toList();

  private final Jdbi jdbi;

  QueueCounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  static String[] fairReasons() {
    return FAIR.toArray(new String[0]);
  }

  /** Counts tasks, of one round or of all when null. */
  QueueDepth depth(UUID jobId, Integer round) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) filter (where state = 'OPEN') as open,
                      coalesce(sum(taken - answered), 0) as under_way,
                      count(*) filter (where state = 'SETTLED') as settled,
                      count(*) filter (where state = 'DECLINED') as declined,
                      coalesce(sum(answered), 0) as answers
                    from labeling.task
                    where job_id = :job and (cast(:round as int) is null or round = :round)
                    """)
                .bind("job", jobId)
                .bind("round", round)
                .map(QueueRepository.mapper(QueueDepth.class))
                .one());
  }

  List<UUID> declined(UUID jobId, int round) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id from labeling.task
                    where job_id = :job and state = 'DECLINED' and round = :round order by ordinal
                    """)
                .bind("job", jobId)
                .bind("round", round)
                .mapTo(UUID.class)
                .list());
  }

  List<UUID> open(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id from labeling.task
                    where job_id = :job and state = 'OPEN' order by ordinal
                    """)
                .bind("job", jobId)
                .mapTo(UUID.class)
                .list());
  }

  /** Pairs of current answers to fair, settled items. */
  Agreement agreement(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) filter (where a.class_indexes = b.class_indexes) as agreeing,
                      count(*) as pairs, count(distinct a.task_id) as items
                    from labeling.task t
                    join labeling.answer a on a.task_id = t.id
                      and a.undone_at is null and a.replaced_at is null
                    join labeling.answer b on b.task_id = t.id and a.id < b.id
                      and b.undone_at is null and b.replaced_at is null
                    where t.job_id = :job and t.state = 'SETTLED' and not t.decided
                      and t.answered > 1 and t.reason = any(:fair)
                    """)
                .bind("job", jobId)
                .bind("fair", fairReasons())
                .map(QueueRepository.mapper(Agreement.class))
                .one());
  }
}
