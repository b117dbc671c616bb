package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.WorkQueue.GivenAnswer;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;

/** Takes answers, takes them back and corrects them; the task's row is locked meanwhile. */
@Singleton
class Answering {

  static final int MOST_ACTIVE_MILLIS = 3_600_000;

  private final QueueRepository queue;
  private final LeaseRepository leases;
  private final AnswerRepository answers;
  private final LabelRepository labels;
  private final Settlement settlement;

  Answering(
      QueueRepository queue,
      LeaseRepository leases,
      AnswerRepository answers,
      LabelRepository labels,
      Settlement settlement) {
    this.queue = queue;
    this.leases = leases;
    this.answers = answers;
    this.labels = labels;
    this.settlement = settlement;
  }

  /** See {@link org.atelier.labeling.WorkQueue#submit}. */
  Receipt submit(QueueJob job, UUID personId, GivenAnswer given, Instant now) {
    int[] classes = job.accepted(given.classes());
    TaskRow task = queue.lockTask(job.id(), given.task()).orElseThrow(Refusals::unknownLease);
    Standing standing =
        leases
            .standing(job.id(), task, personId, given.lease(), given.key())
            .filter(one -> one.taskId().equals(task.id()))
            .orElseThrow(Refusals::unknownLease);
    if (standing.keyUsed()) {
      AnswerRow earlier = answers.byKey(personId, given.key()).orElseThrow(Refusals::keyReused);
      return repeated(job, earlier, standing.lease(), classes);
    }
    if (standing.state() == LeaseState.ANSWERED) {
      throw new ProblemException(
          LabelingProblem.ALREADY_ANSWERED,
          "You have answered this item before, perhaps in another window. Correct that answer under My work.");
    }
    return keep(job, task, standing, given, classes, now);
  }

  private Receipt keep(
      QueueJob job,
      TaskRow task,
      Standing standing,
      GivenAnswer given,
      int[] classes,
      Instant now) {
    LeaseRow lease = standing.lease();
    boolean counts = job.state().takesAnswers() && !isDeleted(task);
    boolean takes = counts && !lease.isActive() && task.takesLateAnswer();
    boolean surplus = !counts || !(lease.isActive() || takes);
    AnswerRow answer =
        new AnswerRow(
            Ids.next(),
            task.id(),
            lease.id(),
            lease.workerId(),
            given.key(),
            classes,
            task.reasonOfNextAnswer(),
            standing.spent(given.activeMillis(), now),
            given.answeredAt() == null ? now : given.answeredAt(),
            now,
            surplus,
            null,
            null);
    if (!answers.insertEnding(job.id(), answer)) {
      throw Refusals.keyReused();
    }
    TaskRow after = surplus ? task : task.answered(takes);
    if (surplus && lease.isActive()) {
      after = after.freed();
    }
    if (counts && !standing.answered() && !standing.labeled()) {
      settlement.settleFirst(job, after, answer, now);
    } else if (counts) {
      settlement.settle(job, after, now);
    } else {
      queue.save(after);
    }
    return receipt(job, answer);
  }

  /** Deleting an item takes its task out of the queue, so other tasks cost no look. */
  private boolean isDeleted(TaskRow task) {
    return task.state() == TaskState.WITHDRAWN && queue.isDeleted(task.itemId());
  }

  private void insert(QueueJob job, AnswerRow answer) {
    if (!answers.insert(job.id(), answer)) {
      throw Refusals.keyReused();
    }
  }

  private Receipt repeated(QueueJob job, AnswerRow earlier, LeaseRow lease, int[] classes) {
    if (!earlier.leaseId().equals(lease.id())
        || !Arrays.equals(earlier.classIndexes(), classes)
        || earlier.undoneAt() != null) {
      throw Refusals.keyReused();
    }
    return receipt(job, earlier);
  }

  private static Receipt receipt(QueueJob job, AnswerRow answer) {
    return new Receipt(
        answer.clientKey(),
        answer.id(),
        answer.receivedAt().plusSeconds(job.graceSeconds()),
        answer.reason(),
        answer.surplus());
  }

  /** Takes an answer back; the lease the person holds again, or empty. */
  Optional<LeaseRow> undo(QueueJob job, UUID personId, UUID key, Instant now) {
    AnswerRow known = answers.byKey(personId, key).orElseThrow(Refusals::unknownAnswer);
    TaskRow task = queue.lockTask(job.id(), known.taskId()).orElseThrow(Refusals::unknownAnswer);
    AnswerRow answer = answers.byKey(personId, key).orElseThrow(Refusals::unknownAnswer);
    if (answer.undoneAt() != null) {
      return Optional.empty();
    }
    Instant end = answer.receivedAt().plusSeconds(job.graceSeconds());
    if (answer.replacedAt() != null || now.isAfter(end) || !job.state().takesAnswers()) {
      throw new ProblemException(
          LabelingProblem.UNDO_TOO_LATE,
          "An answer can be taken back for " + job.graceSeconds() + " seconds.");
    }
    if (isDeleted(task)) {
      throw new ProblemException(LabelingProblem.UNDO_TOO_LATE, "The item was deleted meanwhile.");
    }
    answers.markUndone(answer.id(), now);
    LeaseRow lease = lease(job, personId, answer.leaseId());
    if (task.decided()) {
      leaveToDecision(task, answer, lease, now);
      return Optional.empty();
    }
    boolean again = takeBack(job, task, answer, lease, now);
    return again ? Optional.of(lease(job, personId, lease.id())) : Optional.empty();
  }

  /** Somebody in charge decided the item meanwhile: that stands, and nobody is asked again. */
  private void leaveToDecision(TaskRow task, AnswerRow answer, LeaseRow lease, Instant now) {
    leases.endLease(lease.id(), LeaseState.RELEASED, now);
    if (!answer.surplus()) {
      queue.save(task.with(task.state(), task.taken() - 1, task.answered() - 1, task.declines()));
    }
  }

  /** Frees or keeps the slot of an undone answer; true when the worker holds the task again. */
  private boolean takeBack(
      QueueJob job, TaskRow task, AnswerRow answer, LeaseRow lease, Instant now) {
    boolean slot = !answer.surplus() || task.hasFreeSlot();
    int taken = answer.surplus() && slot ? task.taken() + 1 : task.taken();
    int answered = answer.surplus() ? task.answered() : task.answered() - 1;
    TaskState state =
        task.state() == TaskState.SETTLED && !answer.surplus() ? TaskState.OPEN : task.state();
    if (slot) {
      leases.reviveLease(lease.id(), now.plusSeconds(job.leaseSeconds()));
    } else {
      leases.endLease(lease.id(), LeaseState.RELEASED, now);
    }
    if (!answer.surplus() && answered < task.needed()) {
      labels.supersede(
          job.id(), task.itemId(), LabelOrigin.HUMAN, "The answer was taken back.", now);
    }
    settlement.settle(job, task.with(state, taken, answered, task.declines()), now);
    return slot;
  }

  /** See {@link org.atelier.labeling.WorkQueue#correct}. */
  Receipt correct(
      QueueJob job, UUID personId, UUID answerId, UUID key, int[] classes, Instant now) {
    int[] chosen = job.accepted(classes);
    UUID taskId =
        answers.byId(job.id(), personId, answerId).orElseThrow(Refusals::unknownAnswer).taskId();
    TaskRow task = queue.lockTask(job.id(), taskId).orElseThrow(Refusals::unknownAnswer);
    Optional<AnswerRow> repeated = answers.byKey(personId, key);
    if (repeated.isPresent()) {
      return repeated(job, repeated.get(), lease(job, personId, repeated.get().leaseId()), chosen);
    }
    AnswerRow old = answers.byId(job.id(), personId, answerId).orElseThrow(Refusals::unknownAnswer);
    if (!old.isCurrent() || !job.state().takesAnswers() || task.round() <= job.closedRound()) {
      throw new ProblemException(
          LabelingProblem.CORRECTION_CLOSED, "The answer was replaced, or is in use already.");
    }
    if (isDeleted(task)) {
      throw new ProblemException(LabelingProblem.CORRECTION_CLOSED, "The item was deleted.");
    }
    answers.markReplaced(old.id(), now);
    AnswerRow answer =
        new AnswerRow(
            Ids.next(),
            task.id(),
            old.leaseId(),
            personId,
            key,
            chosen,
            old.reason(),
            old.activeMillis(),
            now,
            now,
            old.surplus(),
            null,
            null);
    insert(job, answer);
    settlement.settle(job, task, now);
    return receipt(job, answer);
  }

  private LeaseRow lease(QueueJob job, UUID personId, UUID leaseId) {
    return leases.lease(leaseId, job.id(), personId).orElseThrow(Refusals::unknownLease);
  }
}
