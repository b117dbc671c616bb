package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Settles tasks that ask for an answer nobody may give: everybody who may work on the job has
 * answered or declined them. What there is becomes the label; with no answer at all the task counts
 * as declined. Nothing is settled while somebody holds the task, while an answer to it can still be
 * undone, or while nobody at all may work on the job.
 */
@Singleton
class StrandedTasks {

  private static final int MOST = 500;

  private static final String FIND =
      """
      with may as (
      %s
      )
      select t.id from labeling.task t
      where t.job_id = :job and t.state = 'OPEN' and t.taken < t.required
        and t.taken = t.answered
        and not exists (
          select from may where not exists (
            select from labeling.lease l where l.task_id = t.id and l.worker_id = may.person_id
              and l.state in ('ANSWERED', 'DECLINED')))
        and exists (
          select from labeling.lease l where l.task_id = t.id
            and l.state in ('ANSWERED', 'DECLINED'))
        and not exists (
          select from labeling.lease l where l.task_id = t.id and l.ended_at > :undoable)
      order by t.id limit :most
      """
          .formatted(Workers.MAY_WORK);

  private final Jdbi jdbi;
  private final QueueRepository queue;
  private final Settlement settlement;
  private final Workers workers;
  private final Pace pace = new Pace(Duration.ofSeconds(2));

  StrandedTasks(Jdbi jdbi, QueueRepository queue, Settlement settlement, Workers workers) {
    this.jdbi = jdbi;
    this.queue = queue;
    this.settlement = settlement;
    this.workers = workers;
  }

  /**
   * Settles those of a job unless somebody looked within the last two seconds; in the caller's
   * transaction. Waits for nobody: a job or a task that somebody else is changing is left to the
   * next look.
   *
   * @return tasks settled
   */
  int settle(QueueJob seen, Instant now) {
    if (!seen.state().takesAnswers() || !pace.isDue(seen.id(), now)) {
      return 0;
    }
    QueueJob job = queue.lockJobIfFree(seen.id()).orElse(null);
    if (job == null || !job.state().takesAnswers() || workers.count(job.id(), now) == 0) {
      return 0;
    }
    int settled = 0;
    for (UUID id : find(job, now)) {
      Optional<TaskRow> free = queue.lockTaskIfFree(job.id(), id);
      if (free.filter(one -> one.hasFreeSlot() && one.taken() == one.answered()).isPresent()) {
        settlement.settleWithWhatThereIs(job, free.get(), now);
        settled++;
      }
    }
    return settled;
  }

  private List<UUID> find(QueueJob job, Instant now) {
    return jdbi.withHandle(
        h ->
            h.createQuery(FIND)
                .bind("job", job.id())
                .bind("recent", now.minus(Workers.SIMULATED_STAY))
                .bind("undoable", now.minusSeconds(job.graceSeconds()))
                .bind("most", MOST)
                .mapTo(UUID.class)
                .list());
  }
}
