package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Items of a completing job that have answers, fewer than were asked for, and no label. One answer
 * makes a label: nobody's paid work is left out because a job ends early.
 */
@Singleton
class UnfinishedItems {

  private static final int PART = 500;

  private final Jdbi jdbi;
  private final QueueRepository queue;
  private final Settlement settlement;
  private final Clock clock;

  UnfinishedItems(Jdbi jdbi, QueueRepository queue, Settlement settlement, Clock clock) {
    this.jdbi = jdbi;
    this.queue = queue;
    this.settlement = settlement;
    this.clock = clock;
  }

  /**
   * Labels some of them by their answers; in the caller's transaction.
   *
   * @return how many, 0 when there are none left
   */
  int label(UUID jobId) {
    QueueJob job = queue.lockJob(jobId).orElseThrow(Refusals::unknownJob);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<UUID> tasks = find(jobId);
    for (UUID task : tasks) {
      settlement.settleForGood(job, queue.lockTask(jobId, task).orElseThrow(), now);
    }
    return tasks.size();
  }

  private List<UUID> find(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select t.id from labeling.task t
                    where t.job_id = :job and t.state <> 'SETTLED' and not t.decided
                      and exists (
                        select from labeling.answer a where a.task_id = t.id
                          and a.undone_at is null and a.replaced_at is null)
                      and not exists (
                        select from labeling.label l where l.job_id = t.job_id
                          and l.item_id = t.item_id and l.superseded_at is null)
                      and not exists (
                        select from dataset.tombstone d where d.item_id = t.item_id)
                    order by t.id limit :part
                    """)
                .bind("job", jobId)
                .bind("part", PART)
                .mapTo(UUID.class)
                .list());
  }
}
