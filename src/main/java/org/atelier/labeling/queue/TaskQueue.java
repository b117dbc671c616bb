package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.atelier.labeling.JobState;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;

/** The queue as people use it. */
@ApplicationScoped
class TaskQueue implements WorkQueue {

  private static final int MOST_ACTIVE_MILLIS = 3_600_000;

  private final QueueRepository queue;
  private final AnswerRepository answers;
  private final LabelRepository labels;
  private final Settlement settlement;
  private final HandQueue handQueue;
  private final OpenCounts openCounts;
  private final ExpiredLeases expiredLeases;
  private final Event<HandWorkDone> handWorkDone;
  private final Clock clock;

  TaskQueue(
      QueueRepository queue,
      AnswerRepository answers,
      LabelRepository labels,
      Settlement settlement,
      HandQueue handQueue,
      OpenCounts openCounts,
      ExpiredLeases expiredLeases,
      Event<HandWorkDone> handWorkDone,
      Clock clock) {
    this.queue = queue;
    this.answers = answers;
    this.labels = labels;
    this.settlement = settlement;
    this.handQueue = handQueue;
    this.openCounts = openCounts;
    this.expiredLeases = expiredLeases;
    this.handWorkDone = handWorkDone;
    this.clock = clock;
  }

  @Override
  @Transactional
  public Claim claim(UUID projectId, UUID jobId, UUID personId, int count, Collection<UUID> held) {
    QueueJob job = workable(projectId, jobId, personId);
    Instant now = now();
    int wanted = Math.max(1, Math.min(MOST_HELD, count));
    expiredLeases.free(jobId, now);
    List<LeaseRow> leases = new ArrayList<>(mine(job, personId, held, now));
    if (leases.size() > wanted) {
      leases = leases.subList(0, wanted);
    }
    if (job.state() == JobState.RUNNING && leases.size() < wanted) {
      leases.addAll(fresh(job, personId, wanted - leases.size(), now));
    }
    if (leases.isEmpty() && job.nextOrdinal() == null) {
      noticeDone(job, now);
    }
    return new Claim(describe(job, leases), job.state());
  }

  private void noticeDone(QueueJob job, Instant now) {
    if (queue.isHandWorkDone(job.id(), now.minusSeconds(job.graceSeconds()))) {
      handWorkDone.fire(new HandWorkDone(job.projectId(), job.id()));
    }
  }

  private List<LeaseRow> mine(QueueJob job, UUID personId, Collection<UUID> held, Instant now) {
    Map<UUID, LeaseRow> active = new LinkedHashMap<>();
    queue.activeLeases(job.id(), personId).forEach(lease -> active.put(lease.id(), lease));
    Instant halfTime = now.plusSeconds(job.leaseSeconds() / 2);
    List<UUID> fading =
        active.values().stream()
            .filter(lease -> lease.expiresAt().isBefore(halfTime))
            .map(LeaseRow::id)
            .toList();
    if (!fading.isEmpty()) {
      Instant until = now.plusSeconds(job.leaseSeconds());
      queue.renew(job.id(), personId, fading, until).forEach(one -> active.put(one.id(), one));
    }
    List<LeaseRow> ordered = new ArrayList<>();
    for (UUID id : held) {
      LeaseRow lease = active.remove(id);
      if (lease != null) {
        ordered.add(lease);
      }
    }
    ordered.addAll(active.values());
    return ordered;
  }

  private List<LeaseRow> fresh(QueueJob job, UUID personId, int count, Instant now) {
    Instant until = now.plusSeconds(job.leaseSeconds());
    if (job.nextOrdinal() != null && openCounts.isLow(job.id())) {
      handQueue.topUp(job.id());
    }
    List<LeaseRow> leases = queue.claim(job.id(), personId, count, now, until);
    if (leases.size() < count && job.nextOrdinal() != null && handQueue.topUp(job.id()) > 0) {
      leases = new ArrayList<>(leases);
      leases.addAll(queue.claim(job.id(), personId, count - leases.size(), now, until));
    }
    openCounts.took(job.id(), leases.size());
    return leases;
  }

  private List<LeasedTask> describe(QueueJob job, List<LeaseRow> leases) {
    if (leases.isEmpty()) {
      return List.of();
    }
    Map<UUID, TaskRow> tasks =
        queue.tasks(leases.stream().map(LeaseRow::taskId).toList()).stream()
            .collect(Collectors.toMap(TaskRow::id, Function.identity()));
    Map<UUID, MachineLabel> suggestions = suggestions(job, tasks.values());
    return leases.stream()
        .map(
            lease -> {
              UUID item = tasks.get(lease.taskId()).itemId();
              return new LeasedTask(
                  lease.id(), lease.taskId(), item, lease.expiresAt(), suggestions.get(item));
            })
        .toList();
  }

  private Map<UUID, MachineLabel> suggestions(QueueJob job, Collection<TaskRow> tasks) {
    if (!job.showSuggestions()) {
      return Map.of();
    }
    List<UUID> items =
        tasks.stream()
            .filter(task -> task.reasonOfNextAnswer().allowsSuggestion())
            .map(TaskRow::itemId)
            .toList();
    Map<UUID, MachineLabel> byItem = new HashMap<>();
    labels.suggestions(job.id(), items).forEach(one -> byItem.put(one.itemId(), one));
    return byItem;
  }

  @Override
  @Transactional
  public Receipt submit(UUID projectId, UUID jobId, UUID personId, GivenAnswer given) {
    QueueJob job = job(projectId, jobId);
    int[] classes = job.accepted(given.classes());
    TaskRow task = queue.lockTask(jobId, given.task()).orElseThrow(TaskQueue::unknownLease);
    Standing standing =
        queue
            .standing(jobId, task, personId, given.lease(), given.key())
            .filter(one -> one.taskId().equals(task.id()))
            .orElseThrow(TaskQueue::unknownLease);
    if (standing.keyUsed()) {
      AnswerRow earlier = answers.byKey(personId, given.key()).orElseThrow(TaskQueue::keyReused);
      return repeated(job, earlier, standing.lease(), classes);
    }
    if (standing.state() == LeaseState.ANSWERED) {
      throw new ProblemException(
          LabelingProblem.ALREADY_ANSWERED,
          "You have answered this item with another key; correct that answer instead.");
    }
    return keep(job, task, standing, given, classes);
  }

  private Receipt keep(
      QueueJob job, TaskRow task, Standing standing, GivenAnswer given, int[] classes) {
    LeaseRow lease = standing.lease();
    Instant now = now();
    boolean counts = job.state().takesAnswers();
    boolean takes = counts && !lease.isActive() && task.hasFreeSlot();
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
            Math.max(0, Math.min(MOST_ACTIVE_MILLIS, given.activeMillis())),
            given.answeredAt() == null ? now : given.answeredAt(),
            now,
            surplus,
            null,
            null);
    if (!answers.insertEnding(job.id(), answer)) {
      throw keyReused();
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

  private void insert(QueueJob job, AnswerRow answer) {
    if (!answers.insert(job.id(), answer)) {
      throw keyReused();
    }
  }

  private Receipt repeated(QueueJob job, AnswerRow earlier, LeaseRow lease, int[] classes) {
    if (!earlier.leaseId().equals(lease.id())
        || !Arrays.equals(earlier.classIndexes(), classes)
        || earlier.undoneAt() != null) {
      throw keyReused();
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

  @Override
  @Transactional
  public Optional<LeasedTask> undo(UUID projectId, UUID jobId, UUID personId, UUID key) {
    QueueJob job = job(projectId, jobId);
    AnswerRow known = answers.byKey(personId, key).orElseThrow(TaskQueue::unknownAnswer);
    TaskRow task = queue.lockTask(jobId, known.taskId()).orElseThrow(TaskQueue::unknownAnswer);
    AnswerRow answer = answers.byKey(personId, key).orElseThrow(TaskQueue::unknownAnswer);
    if (answer.undoneAt() != null) {
      return Optional.empty();
    }
    Instant now = now();
    Instant end = answer.receivedAt().plusSeconds(job.graceSeconds());
    if (answer.replacedAt() != null || now.isAfter(end) || !job.state().takesAnswers()) {
      throw new ProblemException(
          LabelingProblem.UNDO_TOO_LATE,
          "An answer can be taken back for " + job.graceSeconds() + " seconds.");
    }
    answers.markUndone(answer.id(), now);
    LeaseRow lease = lease(job, personId, answer.leaseId());
    boolean again = takeBack(job, task, answer, lease, now);
    return again
        ? describe(job, List.of(lease(job, personId, lease.id()))).stream().findFirst()
        : Optional.empty();
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
      queue.reviveLease(lease.id(), now.plusSeconds(job.leaseSeconds()));
    } else {
      queue.endLease(lease.id(), LeaseState.RELEASED, now);
    }
    if (!answer.surplus() && answered < task.needed()) {
      labels.supersede(
          job.id(), task.itemId(), LabelOrigin.HUMAN, "The answer was taken back.", now);
    }
    settlement.settle(job, task.with(state, taken, answered, task.declines()), now);
    return slot;
  }

  @Override
  @Transactional
  public void decline(
      UUID projectId, UUID jobId, UUID personId, UUID leaseId, DeclineReason reason, String text) {
    QueueJob job = job(projectId, jobId);
    UUID taskId = lease(job, personId, leaseId).taskId();
    TaskRow task = queue.lockTask(jobId, taskId).orElseThrow(TaskQueue::unknownLease);
    LeaseRow lease = lease(job, personId, leaseId);
    if (lease.state() == LeaseState.DECLINED) {
      return;
    }
    if (lease.state() == LeaseState.ANSWERED) {
      throw new ProblemException(
          LabelingProblem.ALREADY_ANSWERED, "You have answered this item; undo that first.");
    }
    String words = text == null ? null : text.substring(0, Math.min(2000, text.length()));
    queue.declineLease(leaseId, reason.name(), words, now());
    int declines = task.declines() + 1;
    boolean over = task.state() == TaskState.OPEN && declines >= task.needed();
    TaskState state = over ? TaskState.DECLINED : task.state();
    int taken = lease.isActive() ? task.taken() - 1 : task.taken();
    TaskRow after = task.with(state, taken, task.answered(), declines);
    if (over && job.state().takesAnswers()) {
      settlement.settle(job, after, now());
    } else {
      queue.save(after);
    }
  }

  @Override
  @Transactional
  public int release(UUID projectId, UUID jobId, UUID personId, Collection<UUID> leases) {
    QueueJob job = job(projectId, jobId);
    Instant now = now();
    List<LeaseRow> held =
        queue.activeLeases(job.id(), personId).stream()
            .filter(lease -> leases.contains(lease.id()))
            .sorted(java.util.Comparator.comparing(LeaseRow::taskId))
            .toList();
    int released = 0;
    for (LeaseRow lease : held) {
      TaskRow task = queue.lockTask(jobId, lease.taskId()).orElseThrow(TaskQueue::unknownLease);
      if (lease(job, personId, lease.id()).isActive()) {
        queue.endLease(lease.id(), LeaseState.RELEASED, now);
        queue.save(task.freed());
        released++;
      }
    }
    return released;
  }

  @Override
  @Transactional
  public Map<UUID, Instant> renew(
      UUID projectId, UUID jobId, UUID personId, Collection<UUID> leases) {
    QueueJob job = job(projectId, jobId);
    Instant until = now().plusSeconds(job.leaseSeconds());
    return queue.renew(jobId, personId, leases, until).stream()
        .collect(Collectors.toMap(LeaseRow::id, LeaseRow::expiresAt));
  }

  @Override
  @Transactional
  public Receipt correct(
      UUID projectId, UUID jobId, UUID personId, UUID answerId, UUID key, int[] classes) {
    QueueJob job = job(projectId, jobId);
    int[] chosen = job.accepted(classes);
    UUID taskId =
        answers.byId(jobId, personId, answerId).orElseThrow(TaskQueue::unknownAnswer).taskId();
    TaskRow task = queue.lockTask(jobId, taskId).orElseThrow(TaskQueue::unknownAnswer);
    Optional<AnswerRow> repeated = answers.byKey(personId, key);
    if (repeated.isPresent()) {
      return repeated(job, repeated.get(), lease(job, personId, repeated.get().leaseId()), chosen);
    }
    AnswerRow old = answers.byId(jobId, personId, answerId).orElseThrow(TaskQueue::unknownAnswer);
    if (!old.isCurrent() || !job.state().takesAnswers() || task.round() <= job.closedRound()) {
      throw new ProblemException(
          LabelingProblem.CORRECTION_CLOSED, "The answer was replaced, or is in use already.");
    }
    Instant now = now();
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
            0,
            now,
            now,
            old.surplus(),
            null,
            null);
    insert(job, answer);
    settlement.settle(job, task, now);
    return receipt(job, answer);
  }

  @Override
  @Transactional
  public void requireWorker(UUID projectId, UUID jobId, UUID personId) {
    workable(projectId, jobId, personId);
  }

  @Override
  public int open(UUID jobId) {
    return openCounts.of(jobId);
  }

  private QueueJob workable(UUID projectId, UUID jobId, UUID personId) {
    QueueJob job = job(projectId, jobId);
    if (!queue.mayWork(jobId, personId)) {
      throw new ProblemException(
          CommonProblem.FORBIDDEN, "You are not among the people who work on this job.");
    }
    return job;
  }

  private QueueJob job(UUID projectId, UUID jobId) {
    return queue
        .job(jobId)
        .filter(job -> job.projectId().equals(projectId))
        .orElseThrow(
            () ->
                new ProblemException(
                    LabelingProblem.JOB_NOT_FOUND, "The project has no such job."));
  }

  private LeaseRow lease(QueueJob job, UUID personId, UUID leaseId) {
    return queue.lease(leaseId, job.id(), personId).orElseThrow(TaskQueue::unknownLease);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static ProblemException unknownLease() {
    return new ProblemException(
        LabelingProblem.LEASE_NOT_FOUND, "This task is not, and never was, in your hands.");
  }

  private static ProblemException unknownAnswer() {
    return new ProblemException(LabelingProblem.ANSWER_NOT_FOUND, "You gave no such answer.");
  }

  private static ProblemException keyReused() {
    return new ProblemException(
        LabelingProblem.KEY_REUSED, "The key was used for another answer; make a new one.");
  }
}
