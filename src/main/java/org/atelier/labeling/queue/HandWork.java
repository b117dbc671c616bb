package org.atelier.labeling.queue;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.queue.HandWorkDone.Ending;
import org.jdbi.v3.core.Jdbi;

/** Finds out when work by hand has come to its end. Runs in the caller's transaction. */
@Singleton
class HandWork {

  private static final int MOST = 10_000;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Jdbi jdbi;
  private final HandQueue handQueue;
  private final AnswerBudget budget;
  private final Tally tally;
  private final QueueRepository queue;
  private final Event<HandWorkDone> done;

  HandWork(
      Jdbi jdbi,
      HandQueue handQueue,
      AnswerBudget budget,
      Tally tally,
      QueueRepository queue,
      Event<HandWorkDone> done) {
    this.jdbi = jdbi;
    this.handQueue = handQueue;
    this.budget = budget;
    this.tally = tally;
    this.queue = queue;
    this.done = done;
  }

  /**
   * @param askedAll whether every item was brought into the queue
   * @param gaveWay ordinal of the first item taken out for want of budget, null when there is none
   */
  private record Standing(
      UUID projectId,
      int items,
      int answersPerItem,
      Integer budgetAnswers,
      boolean byHand,
      boolean askedAll,
      Integer gaveWay,
      boolean open,
      boolean declined,
      boolean answered,
      boolean undoable) {

    boolean isIdle() {
      return byHand && !open && !undoable;
    }

    boolean asksMore() {
      return !askedAll || gaveWay != null;
    }
  }

  private static final String STANDING =
      """
      select j.project_id, j.items, j.answers_per_item, j.budget_answers,
        not j.learning or j.by_hand_reason is not null as by_hand,
        j.next_ordinal is null as asked_all,
        (select min(t.ordinal) from labeling.task t
          where t.job_id = j.id and t.state = 'WITHDRAWN' and t.reason = 'BY_HAND'
            and not exists (select from dataset.tombstone d where d.item_id = t.item_id)
            and not exists (select from labeling.label l where l.job_id = j.id
              and l.item_id = t.item_id and l.superseded_at is null)) as gave_way,
        exists (select from labeling.task t where t.job_id = j.id and t.state = 'OPEN') as open,
        exists (select from labeling.task t where t.job_id = j.id
          and t.state = 'DECLINED') as declined,
        exists (select from labeling.answer a where a.job_id = j.id) as answered,
        exists (select from labeling.answer a where a.job_id = j.id
          and a.received_at >= :undoable) as undoable
      from labeling.job j
      where j.id = :job and j.state in ('RUNNING', 'PAUSED')
      """;

  /** Brings in what the budget allows; with nothing left to ask, tells that the work is done. */
  void look(UUID jobId, Instant now, int graceSeconds) {
    Instant undoable = now.minusSeconds(graceSeconds);
    Standing standing = standing(jobId, undoable).orElse(null);
    if (standing == null || !standing.isIdle()) {
      return;
    }
    if (!holds(jobId) || !budget.takesTurn(jobId, standing.budgetAnswers())) {
      return;
    }
    // Somebody may have asked for items again, or changed the job, before it was held.
    standing = standing(jobId, undoable).orElse(null);
    if (standing == null || !standing.isIdle()) {
      return;
    }
    if (standing.asksMore()) {
      if (standing.gaveWay() != null && hasRoom(jobId, standing)) {
        handQueue.goBackTo(jobId, standing.gaveWay());
      }
      if (handQueue.topUp(jobId) > 0) {
        return;
      }
      standing = standing(jobId, undoable).orElse(standing);
    }
    Ending ending = ending(jobId, standing);
    if (ending != null) {
      long unlabeled = unlabeled(jobId, standing);
      done.fire(
          new HandWorkDone(
              standing.projectId(), jobId, ending, unlabeled, queue.exhausted(jobId, MOST)));
    }
  }

  /**
   * The job is locked before its budget, as everywhere; while another holds one of them, the next
   * look will do.
   */
  private boolean holds(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select true from labeling.job where id = :job for no key update skip locked")
                .bind("job", jobId)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
  }

  private long unlabeled(UUID jobId, Standing standing) {
    Tally.Sums sums = tally.of(jobId);
    return Math.max(0, standing.items() - sums.human() - sums.machine());
  }

  private Ending ending(UUID jobId, Standing standing) {
    if (standing.asksMore()) {
      return isUsed(jobId, standing) ? Ending.BUDGET_USED : null;
    }
    if (standing.declined()) {
      return Ending.DECLINED;
    }
    return standing.answered() ? Ending.ALL_LABELED : null;
  }

  /** Whether a job by hand has items left that its budget of answers does not allow to ask. */
  boolean isBudgetUsed(UUID jobId) {
    return standing(jobId, NEVER)
        .filter(standing -> standing.byHand() && !standing.open() && standing.asksMore())
        .filter(standing -> isUsed(jobId, standing))
        .isPresent();
  }

  /** What people still hold of items taken back may come back unanswered: then there is room. */
  private boolean isUsed(UUID jobId, Standing standing) {
    return budget.heldOfTakenBack(jobId) == 0 && !hasRoom(jobId, standing);
  }

  private boolean hasRoom(UUID jobId, Standing standing) {
    int answers = standing.answersPerItem();
    return budget.room(jobId, standing.budgetAnswers(), answers) >= answers;
  }

  private Optional<Standing> standing(UUID jobId, Instant undoable) {
    return jdbi.withHandle(
        h ->
            h.createQuery(STANDING)
                .bind("job", jobId)
                .bind("undoable", undoable)
                .map(Rows.mapper(Standing.class))
                .findOne());
  }
}
