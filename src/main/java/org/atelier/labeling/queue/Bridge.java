package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.atelier.labeling.HumanLabel;
import org.atelier.labeling.JobState;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;

/** The learner's side of the queue. */
@ApplicationScoped
class Bridge implements LearningBridge {

  private static final int CHUNK = 10_000;

  private final QueueRepository queue;
  private final LeaseRepository leases;
  private final LabelRepository labels;
  private final QueueCounts counts;
  private final Reconsolidation reconsolidation;
  private final Decisions decisions;
  private final AnswerBudget budget;
  private final OpenCounts openCounts;
  private final IdleLeases idleLeases;
  private final Notices notices;
  private final StrandedTasks stranded;
  private final HandWork handWork;
  private final Clock clock;

  Bridge(
      QueueRepository queue,
      LeaseRepository leases,
      LabelRepository labels,
      QueueCounts counts,
      Reconsolidation reconsolidation,
      Decisions decisions,
      AnswerBudget budget,
      OpenCounts openCounts,
      IdleLeases idleLeases,
      Notices notices,
      StrandedTasks stranded,
      HandWork handWork,
      Clock clock) {
    this.queue = queue;
    this.leases = leases;
    this.labels = labels;
    this.counts = counts;
    this.reconsolidation = reconsolidation;
    this.decisions = decisions;
    this.budget = budget;
    this.openCounts = openCounts;
    this.idleLeases = idleLeases;
    this.notices = notices;
    this.stranded = stranded;
    this.handWork = handWork;
    this.clock = clock;
  }

  @Override
  @Transactional
  public int enqueue(UUID jobId, int round, TaskReason reason, List<UUID> itemIds) {
    return enqueue(jobId, round, reason, reason.priority(), itemIds);
  }

  @Override
  @Transactional
  public int enqueue(UUID jobId, int round, TaskReason reason, int priority, List<UUID> itemIds) {
    QueueJob job = changeable(jobId);
    boolean empty = queue.open(jobId, 1) == 0;
    int made = 0;
    List<UUID> distinct = itemIds.stream().distinct().toList();
    for (int from = 0; from < distinct.size(); from += CHUNK) {
      List<UUID> part = distinct.subList(from, Math.min(distinct.size(), from + CHUNK));
      made += queue.ask(job, round, reason, priority, part);
    }
    openCounts.forget(jobId);
    if (empty && made > 0) {
      notices.announce(jobId);
    }
    return made;
  }

  @Override
  @Transactional
  public int sendBack(UUID jobId, int round, Collection<UUID> itemIds) {
    QueueJob job = changeable(jobId);
    int perItem = job.answersPerItem();
    List<UUID> distinct = itemIds.stream().distinct().toList();
    int priority = TaskReason.SENT_BACK.priority();
    int room = budget.room(jobId, job.budgetAnswers(), distinct.size() * perItem);
    openCounts.forget(jobId);
    int reopened = queue.reopen(jobId, round, priority, distinct, room);
    int affordable = Math.min(distinct.size(), (room - reopened) / perItem);
    List<UUID> unanswered = queue.unanswered(jobId, distinct, affordable);
    int made = reopened + queue.ask(job, round, TaskReason.SENT_BACK, priority, unanswered);
    if (made > 0 && job.state() == JobState.RUNNING) {
      notices.announceAgain(jobId);
    }
    return made;
  }

  @Override
  @Transactional
  public Decided decide(
      UUID jobId, int round, UUID personId, Collection<UUID> itemIds, int[] classes) {
    QueueJob job = changeable(jobId);
    return decisions.decide(job, round, personId, itemIds, job.accepted(classes), now());
  }

  @Override
  @Transactional
  public Set<UUID> decidedAlike(
      UUID jobId, UUID personId, Collection<UUID> itemIds, int[] classes) {
    return labels.decidedAlike(jobId, personId, itemIds, classes);
  }

  @Override
  @Transactional
  public int dequeue(UUID jobId, Collection<UUID> itemIds) {
    changeable(jobId);
    openCounts.forget(jobId);
    return queue.withdraw(jobId, itemIds);
  }

  @Override
  @Transactional
  public int dequeue(UUID jobId, TaskReason reason) {
    changeable(jobId);
    openCounts.forget(jobId);
    return queue.withdraw(jobId, reason);
  }

  @Override
  @Transactional
  public int acceptMachineLabels(
      UUID jobId, int round, String modelDigest, Collection<MachineLabel> machineLabels) {
    QueueJob job = changeable(jobId);
    int made = 0;
    List<MachineLabel> part = new ArrayList<>(CHUNK);
    for (MachineLabel label : machineLabels) {
      part.add(checked(job, label));
      if (part.size() == CHUNK) {
        made += labels.acceptMachine(jobId, job.datasetId(), round, modelDigest, part, now());
        part.clear();
      }
    }
    return part.isEmpty()
        ? made
        : made + labels.acceptMachine(jobId, job.datasetId(), round, modelDigest, part, now());
  }

  private static MachineLabel checked(QueueJob job, MachineLabel label) {
    return new MachineLabel(label.itemId(), job.accepted(label.classes()), label.confidence());
  }

  @Override
  @Transactional
  public int withdrawMachineLabels(UUID jobId, int round, Collection<UUID> itemIds, String why) {
    changeable(jobId);
    return labels.withdrawMachine(jobId, itemIds, why, now());
  }

  @Override
  @Transactional
  public void suggest(UUID jobId, Collection<MachineLabel> suggestions) {
    QueueJob job = changeable(jobId);
    labels.suggest(jobId, suggestions.stream().map(one -> checked(job, one)).toList());
  }

  @Override
  @Transactional
  public int consolidate(UUID jobId) {
    QueueJob job = queue.lockJob(jobId).orElseThrow(Refusals::unknownJob);
    return reconsolidation.run(job, now(), LabelRow::says);
  }

  @Override
  @Transactional
  public int consolidateAbout(UUID jobId) {
    QueueJob job = queue.lockJob(jobId).orElseThrow(Refusals::unknownJob);
    return reconsolidation.run(job, now(), LabelRow::saysAbout);
  }

  @Override
  @Transactional
  public void closeRounds(UUID jobId, int round) {
    changeable(jobId);
    queue.closeRounds(jobId, round);
  }

  @Override
  @Transactional
  public void humanLabels(UUID jobId, Consumer<HumanLabel> each) {
    Set<UUID> inView = leases.answeredInView(jobId);
    labels.eachCurrent(
        jobId,
        LabelOrigin.HUMAN,
        label ->
            each.accept(
                new HumanLabel(
                    label.itemId(),
                    label.classIndexes(),
                    label.confidence(),
                    label.answers(),
                    label.reason(),
                    label.round(),
                    label.createdAt(),
                    label.reason() != TaskReason.DECIDED && !inView.contains(label.itemId()))));
  }

  @Override
  @Transactional
  public void machineLabels(UUID jobId, Consumer<MachineLabel> each) {
    labels.eachCurrent(
        jobId,
        LabelOrigin.MACHINE,
        label ->
            each.accept(
                new MachineLabel(label.itemId(), label.classIndexes(), label.confidence())));
  }

  @Override
  @Transactional
  public int freeIdle(UUID jobId, Instant since) {
    int freed = idleLeases.end(jobId, since, now());
    if (freed > 0) {
      openCounts.forget(jobId);
    }
    return freed;
  }

  @Override
  @Transactional
  public List<UUID> declined(UUID jobId) {
    return counts.declined(jobId);
  }

  @Override
  @Transactional
  public long declinedWithoutLabel(UUID jobId) {
    return counts.declinedWithoutLabel(jobId);
  }

  @Override
  @Transactional
  public List<UUID> heldBackItems(UUID jobId) {
    return counts.heldBack(jobId);
  }

  @Override
  @Transactional
  public List<UUID> openItems(UUID jobId) {
    return counts.open(jobId);
  }

  @Override
  @Transactional
  public QueueDepth queueDepth(UUID jobId) {
    Instant now = now();
    leases.expire(jobId, now);
    queue.job(jobId).ifPresent(job -> stranded.settle(job, now));
    return counts.depth(jobId);
  }

  @Override
  @Transactional
  public QueueDepth queueDepth(UUID jobId, int round) {
    leases.expire(jobId, now());
    return counts.depth(jobId, round);
  }

  @Override
  @Transactional
  public void hold(UUID jobId) {
    queue.lockJob(jobId).orElseThrow(Refusals::unknownJob);
  }

  @Override
  @Transactional
  public boolean holdIfFree(UUID jobId) {
    return queue.lockJobIfFree(jobId).isPresent();
  }

  @Override
  @Transactional
  public void lookAtHandWork(UUID jobId) {
    queue
        .job(jobId)
        .filter(job -> job.state() == JobState.RUNNING)
        .ifPresent(
            job -> {
              Instant now = now();
              leases.expire(jobId, now);
              handWork.look(jobId, now, job.graceSeconds());
            });
  }

  @Override
  @Transactional
  public Repeats repeats(UUID jobId) {
    return counts.repeats(queue.job(jobId).orElseThrow(Refusals::unknownJob));
  }

  private QueueJob changeable(UUID jobId) {
    QueueJob job = queue.lockJob(jobId).orElseThrow(Refusals::unknownJob);
    job.requireUnfinished();
    return job;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
