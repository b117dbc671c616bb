package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.labeling.JobState;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.WorkQueue;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;

/** The queue as people use it. */
@ApplicationScoped
class TaskQueue implements WorkQueue {

  /** A page that is loaded again goes away first; so long it has to come back. */
  private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(15);

  private final QueueRepository queue;
  private final LeaseRepository leases;
  private final Leasing leasing;
  private final Answering answering;
  private final Settlement settlement;
  private final OpenCounts openCounts;
  private final StrandedTasks stranded;
  private final HandWork handWork;
  private final AnswersUnderWay underWay;
  private final AnswerBudget budget;
  private final Clock clock;

  TaskQueue(
      QueueRepository queue,
      LeaseRepository leases,
      Leasing leasing,
      Answering answering,
      Settlement settlement,
      OpenCounts openCounts,
      StrandedTasks stranded,
      HandWork handWork,
      AnswersUnderWay underWay,
      AnswerBudget budget,
      Clock clock) {
    this.queue = queue;
    this.leases = leases;
    this.leasing = leasing;
    this.answering = answering;
    this.settlement = settlement;
    this.openCounts = openCounts;
    this.stranded = stranded;
    this.handWork = handWork;
    this.underWay = underWay;
    this.budget = budget;
    this.clock = clock;
  }

  @Override
  @Transactional
  public Claim claim(UUID projectId, UUID jobId, UUID personId, int count, Collection<UUID> held) {
    QueueJob job = workable(projectId, jobId, personId);
    Instant now = now();
    int wanted = Math.max(1, Math.min(MOST_HELD, count));
    List<LeaseRow> taken = leasing.take(job, personId, wanted, held, now);
    if (taken.isEmpty() && job.state() == JobState.RUNNING) {
      stranded.settle(job, now);
      handWork.look(jobId, now, job.graceSeconds());
    }
    return new Claim(leasing.describe(job, taken), job.state());
  }

  @Override
  @Transactional
  public Receipt submit(UUID projectId, UUID jobId, UUID personId, GivenAnswer given) {
    return answering.submit(changing(projectId, jobId), personId, given, now());
  }

  @Override
  @Transactional
  public Optional<LeasedTask> undo(UUID projectId, UUID jobId, UUID personId, UUID key) {
    QueueJob job = changing(projectId, jobId);
    return answering
        .undo(job, personId, key, now())
        .flatMap(lease -> leasing.describe(job, List.of(lease)).stream().findFirst());
  }

  @Override
  @Transactional
  public Receipt correct(
      UUID projectId, UUID jobId, UUID personId, UUID answerId, UUID key, int[] classes) {
    return answering.correct(changing(projectId, jobId), personId, answerId, key, classes, now());
  }

  @Override
  @Transactional
  public void decline(UUID projectId, UUID jobId, UUID personId, Declined declined) {
    QueueJob job = changing(projectId, jobId);
    UUID leaseId = declined.lease();
    UUID taskId = lease(job, personId, leaseId).taskId();
    TaskRow task = queue.lockTask(jobId, taskId).orElseThrow(Refusals::unknownLease);
    LeaseRow lease = lease(job, personId, leaseId);
    if (lease.state() == LeaseState.DECLINED) {
      return;
    }
    if (lease.state() == LeaseState.ANSWERED) {
      throw new ProblemException(
          LabelingProblem.ALREADY_ANSWERED, "You have answered this item; undo that first.");
    }
    String text = declined.text();
    String words = text == null ? null : text.substring(0, Math.min(2000, text.length()));
    leases.declineLease(leaseId, declined.reason().name(), words, now());
    int millis = Math.min(Answering.MOST_ACTIVE_MILLIS, declined.activeMillis());
    if (millis > 0) {
      leases.countSkipped(jobId, personId, millis, now());
    }
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
  public int release(UUID projectId, UUID jobId, UUID personId, Collection<UUID> given) {
    QueueJob job = job(projectId, jobId);
    Instant now = now();
    List<LeaseRow> held =
        leases.activeLeases(job.id(), personId).stream()
            .filter(lease -> given.contains(lease.id()))
            .toList();
    int released = 0;
    for (LeaseRow lease : held) {
      // Waiting for one task while others are held could be in a circle; what is left expires.
      Optional<TaskRow> task = queue.lockTaskIfFree(jobId, lease.taskId());
      if (task.isPresent() && lease(job, personId, lease.id()).isActive()) {
        leases.endLease(lease.id(), LeaseState.RELEASED, now);
        queue.save(task.get().freed());
        released++;
      }
    }
    return released;
  }

  @Override
  @Transactional
  public int leave(UUID projectId, UUID jobId, UUID personId, Collection<UUID> given) {
    job(projectId, jobId);
    return leases.shorten(jobId, personId, given, now().plus(COMES_BACK_WITHIN));
  }

  @Override
  @Transactional
  public Map<UUID, Instant> renew(
      UUID projectId, UUID jobId, UUID personId, Collection<UUID> given) {
    QueueJob job = job(projectId, jobId);
    Instant until = now().plusSeconds(job.leaseSeconds());
    return leases.renew(jobId, personId, given, until).stream()
        .collect(Collectors.toMap(LeaseRow::id, LeaseRow::expiresAt));
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

  /**
   * The job as it stands for an answer that comes, goes or changes; its turn at the budget is taken
   * before any task is locked.
   */
  private QueueJob changing(UUID projectId, UUID jobId) {
    underWay.begin(jobId);
    QueueJob job = job(projectId, jobId);
    budget.lockForAnswer(job);
    return job;
  }

  private QueueJob job(UUID projectId, UUID jobId) {
    return queue
        .job(jobId)
        .filter(job -> job.projectId().equals(projectId))
        .orElseThrow(Refusals::unknownJob);
  }

  private LeaseRow lease(QueueJob job, UUID personId, UUID leaseId) {
    return leases.lease(leaseId, job.id(), personId).orElseThrow(Refusals::unknownLease);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
