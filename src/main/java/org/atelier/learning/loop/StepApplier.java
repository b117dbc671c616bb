package org.atelier.learning.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.JobState;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.StopReason;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.AuditTrail;
import org.jdbi.v3.core.Jdbi;

/**
 * Does what a planned step says, all of it or nothing, once. As everywhere in the loop the job is
 * locked before its learner, so that nothing waits in a circle.
 */
@ApplicationScoped
class StepApplier {

  private static final int CHUNK = 10_000;

  private final LearnerRepository learners;
  private final EarlyDraws early;
  private final LearningBridge bridge;
  private final Jobs jobs;
  private final AuditTrail audit;
  private final Clock clock;

  StepApplier(
      Jdbi jdbi,
      ObjectMapper json,
      EarlyDraws early,
      LearningBridge bridge,
      Jobs jobs,
      AuditTrail audit,
      Clock clock) {
    this.learners = new LearnerRepository(jdbi, json);
    this.early = early;
    this.bridge = bridge;
    this.jobs = jobs;
    this.audit = audit;
    this.clock = clock;
  }

  /** Keeps a plan; a step that is planned already keeps its first plan. */
  @Transactional
  void plan(StepRow step) {
    learners.plan(step);
  }

  /**
   * Applies a planned step.
   *
   * @return false when it had been applied before, or the job does not run now
   */
  @Transactional
  boolean apply(StepRow step, StepDocument document, PoolItems items) {
    bridge.hold(step.jobId());
    LearnerRow learner = learners.lock(step.jobId()).orElse(null);
    if (learner == null
        || learner.step() != step.number()
        || jobs.job(step.jobId()).state() != JobState.RUNNING) {
      return false;
    }
    Instant now = clock.instant();
    accept(step, document.directive().accepted(), items);
    ask(step, document, items);
    suggest(step, document);
    withdraw(learner, step, document, items, now);
    learners.round(
        step.jobId(), step.round(), step.modelSha256(), document.facts(), document.lists(), now);
    bridge.closeRounds(step.jobId(), step.round() - 1);
    QueueDepth depth = bridge.queueDepth(step.jobId());
    learners.applied(step, document.settledSeen(), depth.open(), now);
    move(learner, step, document, now);
    return true;
  }

  /** Pauses a job that cannot go on as asked. */
  @Transactional
  void refuse(UUID jobId, String why) {
    bridge.hold(jobId);
    LearnerRow learner = learners.lock(jobId).orElseThrow();
    if (jobs.job(jobId).state() == JobState.RUNNING) {
      jobs.pause(learner.projectId(), jobId, why);
      learners.refused(jobId);
    }
  }

  /** Notes that a look found nothing to do before people answer more. */
  @Transactional
  void looked(UUID jobId, long settledSeen) {
    bridge.hold(jobId);
    if (learners.lock(jobId).orElseThrow().phase() != LearnerPhase.AUDITING) {
      early.forget(jobId);
    }
    learners.looked(jobId, settledSeen, bridge.queueDepth(jobId).open());
  }

  private void ask(StepRow step, StepDocument document, PoolItems items) {
    boolean audits =
        document.directive().asks().stream().anyMatch(ask -> ask.reason() == TaskReason.AUDIT);
    if (audits && step.modelSha256() != null) {
      // What filled the queue while the model was trained may be among the audit's candidates.
      bridge.dequeue(step.jobId(), TaskReason.LOW_MARGIN);
    } else if (step.phase() != LearnerPhase.AUDITING) {
      // Drawn for an audit that was not opened: asked only if the model wants to know.
      early.forget(step.jobId());
      bridge.dequeue(step.jobId(), TaskReason.EARLY_DRAW);
    }
    List<UUID> run = new ArrayList<>();
    TaskReason reason = null;
    for (Directive.Ask ask : document.directive().asks()) {
      if (ask.reason() != reason && !run.isEmpty()) {
        bridge.enqueue(step.jobId(), step.round(), reason, run);
        run = new ArrayList<>();
      }
      reason = ask.reason();
      run.add(items.item(ask.item()));
    }
    if (!run.isEmpty()) {
      bridge.enqueue(step.jobId(), step.round(), reason, run);
    }
    if (document.watch() != null && document.watch().asks().length > 0) {
      bridge.enqueue(
          step.jobId(), step.round(), TaskReason.MONITOR, ids(document.watch().asks(), items));
    }
  }

  private void suggest(StepRow step, StepDocument document) {
    if (!document.suggestions().isEmpty()) {
      bridge.suggest(
          step.jobId(),
          document.suggestions().stream()
              .map(one -> new MachineLabel(one.itemId(), one.classes(), one.score()))
              .toList());
    }
  }

  private void accept(StepRow step, List<Directive.Accepted> accepted, PoolItems items) {
    for (int from = 0; from < accepted.size(); from += CHUNK) {
      List<MachineLabel> labels =
          accepted.subList(from, Math.min(accepted.size(), from + CHUNK)).stream()
              .map(one -> new MachineLabel(items.item(one.item()), one.classes(), one.confidence()))
              .toList();
      bridge.dequeue(step.jobId(), labels.stream().map(MachineLabel::itemId).toList());
      bridge.acceptMachineLabels(
          step.jobId(), step.round(), learners.modelOf(step.jobId(), step.round()), labels);
    }
  }

  private void withdraw(
      LearnerRow learner, StepRow step, StepDocument document, PoolItems items, Instant now) {
    List<UUID> withdrawn = new ArrayList<>();
    document.directive().withdrawn().forEach(row -> withdrawn.add(items.item(row)));
    WatchTurn watch = document.watch();
    if (watch != null) {
      withdrawn.addAll(ids(watch.reopened(), items));
    }
    String why = watch == null ? null : watch.withdrawnWhy();
    if (!withdrawn.isEmpty()) {
      bridge.withdrawMachineLabels(
          step.jobId(), step.round(), withdrawn, why == null ? "The label was doubted." : why);
    }
    if (why != null && learner.withdrawnAt() == null) {
      learners.withdrawn(step.jobId(), why, now);
      audit.record(
          learner.projectId(),
          "certificate-withdrawn",
          "labeling-job",
          step.jobId(),
          Map.of("why", why, "reopened", withdrawn.size()));
    }
  }

  private void move(LearnerRow learner, StepRow step, StepDocument document, Instant now) {
    StopReason stop = document.directive().stop();
    if (stop != null) {
      learners.stop(step.jobId(), stop);
    }
    if (document.watch() != null && document.watch().withdrawnWhy() != null) {
      byHand(learner, "The certificate was withdrawn: " + document.watch().withdrawnWhy(), now);
    } else if (learner.phase() == LearnerPhase.BY_HAND
        || learner.phase() == LearnerPhase.WATCHING) {
      return;
    } else if (stop == StopReason.NO_PROGRESS || stop == StopReason.ROUNDS) {
      byHand(learner, Stops.sentence(stop, jobs.job(step.jobId())), now);
    } else if (stop != null) {
      learners.phase(
          step.jobId(), LearnerPhase.WATCHING, Stops.sentence(stop, jobs.job(step.jobId())), now);
    } else if (learner.phase() != LearnerPhase.PREPARING && learner.phase() != step.phase()) {
      learners.phase(step.jobId(), step.phase(), null, now);
    }
  }

  private void byHand(LearnerRow learner, String why, Instant now) {
    learners.phase(learner.jobId(), LearnerPhase.BY_HAND, why, now);
    jobs.runByHand(learner.projectId(), learner.jobId(), why);
  }

  private static List<UUID> ids(int[] rows, PoolItems items) {
    return Arrays.stream(rows).mapToObj(items::item).toList();
  }
}
