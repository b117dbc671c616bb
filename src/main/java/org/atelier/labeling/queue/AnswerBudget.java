package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps what is asked of people within a job's budget of answers: current answers, the answers that
 * open tasks ask for and those that people still hold of items taken back never come to more. (An
 * answer that arrives when its slot was taken meanwhile is kept all the same: paid work is never
 * thrown away.)
 */
@Singleton
class AnswerBudget {

  private final Jdbi jdbi;
  private final Tally tally;

  AnswerBudget(Jdbi jdbi, Tally tally) {
    this.jdbi = jdbi;
    this.tally = tally;
  }

  /**
   * How many more answers may be asked for, 0 to a most. Whoever asks next waits until the caller's
   * transaction ends, so that two never spend the same rest.
   *
   * @param budget most answers of the job, null without limit
   */
  int room(UUID jobId, Integer budget, int most) {
    if (budget == null) {
      return most;
    }
    lock(jobId);
    Tally.Sums sums = tally.of(jobId);
    long rest = budget - sums.answers() - sums.asked();
    if (rest > 0) {
      rest -= heldOfTakenBack(jobId);
    }
    return (int) Math.max(0, Math.min(most, rest));
  }

  /** Leases on items that were taken back while somebody held them; each may bring an answer. */
  long heldOfTakenBack(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) from labeling.lease l
                    join labeling.task t on t.id = l.task_id and t.state = 'WITHDRAWN'
                    where l.job_id = :job and l.state = 'ACTIVE'
                    """)
                .bind("job", jobId)
                .mapTo(Long.class)
                .one());
  }

  /**
   * Takes the budget's turn until the transaction ends, unless somebody else has it. For those who
   * may hold tasks already: who has the turn may be waiting for one of them.
   *
   * @param budget most answers of the job, null without limit
   * @return whether {@link #room} waits for nobody now
   */
  boolean takesTurn(UUID jobId, Integer budget) {
    return budget == null
        || jdbi.withHandle(
            h ->
                h.createQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended('budget ' || cast(:job"
                            + " as text), 0))")
                    .bind("job", jobId)
                    .mapTo(Boolean.class)
                    .one());
  }

  /**
   * Takes the budget's turn for an answer that may make its task ask for one more. To be called
   * before the task is locked: whoever asks for items holds the budget and then locks tasks.
   */
  void lockForAnswer(QueueJob job) {
    boolean mayAskMore = job.mostAnswers() > 1 && job.state().takesAnswers();
    if (job.budgetAnswers() != null && mayAskMore) {
      lock(job.id());
    }
  }

  private void lock(UUID jobId) {
    jdbi.useHandle(
        h ->
            h.createQuery(
                    "select pg_advisory_xact_lock(hashtextextended('budget ' || cast(:job as"
                        + " text), 0))")
                .bind("job", jobId)
                .mapTo(String.class)
                .list());
  }

  /**
   * As {@link #room} for one answer; where the budget is spent on items that wait to be labelled by
   * hand and nobody has begun, the last of them gives way.
   */
  boolean allowsOneMore(QueueJob job) {
    return room(job.id(), job.budgetAnswers(), 1) > 0 || withdrawLastByHand(job.id());
  }

  private boolean withdrawLastByHand(UUID jobId) {
    return Rows.update(
            jdbi,
            """
            update labeling.task set state = 'WITHDRAWN'
            where id = (
              select id from labeling.task
              where job_id = :job and state = 'OPEN' and taken = 0 and answered = 0
                and taken < required and reason = 'BY_HAND' and not sent_back
              order by position desc limit 1 for update skip locked)
            """,
            s -> s.bind("job", jobId))
        == 1;
  }
}
