package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What jobs need of the queue. Every method runs in the caller's transaction. */
@Singleton
public class JobQueue {

  private static final int MOST = 10_000;

  private final Jdbi jdbi;
  private final HandQueue handQueue;
  private final OpenCounts openCounts;
  private final Notices notices;
  private final HandWork handWork;
  private final QueueRepository queue;
  private final Workers workers;
  private final AnswerBudget budget;
  private final AnswersUnderWay underWay;
  private final UnfinishedItems unfinished;
  private final Clock clock;

  JobQueue(
      Jdbi jdbi,
      HandQueue handQueue,
      OpenCounts openCounts,
      Notices notices,
      HandWork handWork,
      QueueRepository queue,
      Workers workers,
      AnswerBudget budget,
      AnswersUnderWay underWay,
      UnfinishedItems unfinished,
      Clock clock) {
    this.jdbi = jdbi;
    this.handQueue = handQueue;
    this.openCounts = openCounts;
    this.notices = notices;
    this.handWork = handWork;
    this.queue = queue;
    this.workers = workers;
    this.budget = budget;
    this.underWay = underWay;
    this.unfinished = unfinished;
    this.clock = clock;
  }

  /**
   * Starts asking people for every item without a label, in order from the first: also where people
   * were asked before, items in between may have lost their labels.
   */
  public void askInOrder(UUID jobId) {
    handQueue.goBackTo(jobId, 0);
    handQueue.topUp(jobId);
  }

  /** Goes on asking behind the items that people were asked about in order. */
  public void askOnInOrder(UUID jobId) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.job set next_ordinal = coalesce((
                      select max(t.ordinal) + 1 from labeling.task t
                      where t.job_id = :job and t.reason = 'BY_HAND'), 0)
                    where id = :job
                    """)
                .bind("job", jobId)
                .execute());
    handQueue.topUp(jobId);
  }

  /**
   * Waits until the answers are in that were on their way when the job ceased to take any; from
   * then on no answer changes a label. The new state is committed, and the caller's transaction
   * does nothing else.
   */
  public void awaitAnswers(UUID jobId) {
    underWay.await(jobId);
  }

  /**
   * Labels some of the items of a completing job that have answers, fewer than were asked for, and
   * no label, by the answers there are; returns how many, 0 when none is left.
   */
  public int labelUnfinished(UUID jobId) {
    return unfinished.label(jobId);
  }

  /** Takes all open tasks out of the queue of a finished job. */
  public void close(UUID jobId) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.task set state = 'WITHDRAWN'
                    where job_id = :job and state = 'OPEN'
                    """)
                .bind("job", jobId)
                .execute());
    openCounts.forget(jobId);
  }

  /**
   * How a job stands with its people.
   *
   * @param workers people who may work on it now
   * @param exhausted items settled with fewer answers than asked for, counted up to 10,000
   */
  public record Standing(int workers, int exhausted) {}

  public Standing standing(UUID jobId) {
    return new Standing(workers.count(jobId, clock.instant()), queue.exhausted(jobId, MOST));
  }

  /**
   * Opens declined items again, also for those who declined them, and items that lack answers for
   * want of people, as far as the budget goes; returns how many.
   */
  public int askAgain(UUID jobId) {
    QueueJob job = queue.job(jobId).orElseThrow(Refusals::unknownJob);
    int room = budget.room(jobId, job.budgetAnswers(), MOST);
    int declined = queue.askDeclinedAgain(jobId, room / job.answersPerItem());
    int left = budget.room(jobId, job.budgetAnswers(), MOST);
    openCounts.forget(jobId);
    return declined + queue.askExhaustedAgain(jobId, left);
  }

  /** Whether a job by hand has items left that its budget of answers does not allow to ask. */
  public boolean isBudgetUsed(UUID jobId) {
    return handWork.isBudgetUsed(jobId);
  }

  /** Tells the people who may work on the job that there is work. */
  public void announce(UUID jobId) {
    notices.announce(jobId);
  }

  /** As {@link #announce}, also to those who saw the last notice within the hour. */
  public void announceAgain(UUID jobId) {
    notices.announceAgain(jobId);
  }

  /** Those of the given people who are members of the project. */
  public List<UUID> members(UUID projectId, Collection<UUID> people) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select distinct person_id from workforce.project_member
                    where project_id = :project and person_id = any(:people)
                    """)
                .bind("project", projectId)
                .bind("people", people.toArray(new UUID[0]))
                .mapTo(UUID.class)
                .list());
  }
}
