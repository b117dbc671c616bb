package org.atelier.learning.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.QueueDepth;
import org.atelier.learning.campaign.StopReason;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.atelier.platform.work.WorkView;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

/** Starts and drives the learning loops of jobs; the computing itself is durable work. */
@ApplicationScoped
public class LearningLoop {

  static final String PREPARE = "learning-prepare";
  static final String STEP = "learning-step";

  private final LearnerRepository learners;
  private final Jobs jobs;
  private final LearningBridge bridge;
  private final JobNumbers numbers;
  private final Work work;
  private final WorkService works;
  private final QueueFilling filling;
  private final WarmStarts warmStarts;
  private final FeatureService features;
  private final ModelRepository models;
  private final Duration patience;
  private final Clock clock;

  LearningLoop(
      Jdbi jdbi,
      ObjectMapper json,
      Jobs jobs,
      LearningBridge bridge,
      JobNumbers numbers,
      Work work,
      WorkService works,
      QueueFilling filling,
      WarmStarts warmStarts,
      FeatureService features,
      @ConfigProperty(name = "atelier.learning.patience", defaultValue = "60S") Duration patience,
      Clock clock) {
    this.learners = new LearnerRepository(jdbi, json);
    this.jobs = jobs;
    this.bridge = bridge;
    this.numbers = numbers;
    this.work = work;
    this.works = works;
    this.filling = filling;
    this.warmStarts = warmStarts;
    this.features = features;
    this.models = new ModelRepository(jdbi);
    this.patience = patience;
    this.clock = clock;
  }

  /** The loop of a job, empty when the job never ran. */
  public Optional<LearnerRow> learner(UUID jobId) {
    return learners.find(jobId);
  }

  /** The rounds of a job, oldest first. */
  public List<RoundRow> rounds(UUID jobId) {
    return learners.rounds(jobId);
  }

  /** Items that the newest trained round of a job points at. */
  public RoundLists lists(UUID jobId) {
    return learners
        .find(jobId)
        .map(learner -> learners.lists(jobId, learner.round()))
        .orElse(RoundLists.EMPTY);
  }

  /** One round of a job. */
  public Optional<RoundRow> round(UUID jobId, int number) {
    return learners.round(jobId, number);
  }

  /** Whether a stored model belongs to a round of the job. */
  public boolean hasModel(UUID jobId, String sha256) {
    return models.hasModel(jobId, sha256);
  }

  /**
   * Since when the loop has not read what people say; empty when no step will read it any more.
   * Until a step has read them, human labels may be outcomes of an audit.
   */
  public Optional<Instant> unreadSince(UUID jobId) {
    return learners
        .find(jobId)
        .filter(learner -> takesSteps(learner, true))
        .map(
            learner ->
                learners
                    .step(jobId, learner.step() - 1)
                    .map(StepRow::plannedAt)
                    .orElse(Instant.EPOCH));
  }

  /** Jobs whose loop may have something to do. */
  List<UUID> running() {
    return learners.running();
  }

  /** Begins the loop of a job that just started; joins the transaction. */
  @Transactional
  void begin(UUID projectId, UUID jobId) {
    JobView job = jobs.job(projectId, jobId);
    UUID dataset = job.settings().datasetId();
    int version = job.settings().datasetVersion();
    Optional<String> byHand = LoopRules.byHandBecause(job, job.items());
    LearnerPhase phase = byHand.isPresent() ? LearnerPhase.BY_HAND : LearnerPhase.PREPARING;
    learners.insert(
        jobId, projectId, phase, byHand.orElse(null), dataset, version, clock.instant());
    if (byHand.isEmpty()) {
      warmStarts.choose(job);
      prepare(job, version);
    } else if (job.settings().learning().enabled()) {
      jobs.runByHand(projectId, jobId, byHand.get());
    }
  }

  /** Takes in the items of a newer dataset version; joins the transaction. */
  @Transactional
  void takeVersion(UUID jobId, int version) {
    LearnerRow learner = learners.lock(jobId).orElse(null);
    if (learner != null && learner.phase() != LearnerPhase.BY_HAND) {
      prepare(jobs.job(jobId), version);
    }
  }

  @Transactional
  void paused(UUID jobId) {
    if (learners.lock(jobId).isPresent()) {
      learners.running(jobId, false);
    }
  }

  /**
   * A job goes on, and so does what was cancelled of it; when its budget had ended learning and is
   * larger now, so does learning.
   */
  @Transactional
  void resumed(UUID jobId) {
    LearnerRow learner = learners.lock(jobId).orElse(null);
    if (learner == null) {
      return;
    }
    learners.running(jobId, true);
    newestWork(learner)
        .filter(one -> one.state() == WorkState.CANCELLED)
        .ifPresent(one -> works.retry(one.id()));
    boolean ended = learner.phase() == LearnerPhase.WATCHING && learner.stop() == StopReason.BUDGET;
    if (ended && LoopRules.affordable(jobs.job(jobId), bridge.queueDepth(jobId)) > 0) {
      goOn(jobId, "The budget was raised.");
    }
  }

  private void goOn(UUID jobId, String why) {
    learners.phase(jobId, LearnerPhase.ASKING, why, clock.instant());
    learners.stop(jobId, null);
  }

  @Transactional
  void finish(UUID jobId, String reason) {
    if (learners.lock(jobId).isPresent()) {
      learners.running(jobId, false);
      learners.phase(jobId, LearnerPhase.FINISHED, reason, clock.instant());
    }
  }

  /** As {@link #finish} for a completed job: where learning ended by itself, its reason stays. */
  @Transactional
  void completed(UUID jobId) {
    String own =
        learners
            .lock(jobId)
            .filter(learner -> !learner.phase().hasRoundsToCome())
            .map(LearnerRow::phaseReason)
            .orElse(null);
    finish(jobId, own == null ? "The job is completed." : own);
  }

  /**
   * The items are known and have features: from now on steps are taken. A preparation that ends
   * after that of a newer version changes nothing.
   */
  @Transactional
  void prepared(UUID jobId, int version, UUID featureSetId) {
    LearnerRow learner = learners.lock(jobId).orElseThrow();
    if (version < learner.datasetVersion()) {
      return;
    }
    learners.features(jobId, featureSetId);
    learners.version(jobId, version);
    if (learner.phase() == LearnerPhase.PREPARING) {
      learners.phase(jobId, LearnerPhase.STARTING, null, clock.instant());
    } else if (learner.phase() == LearnerPhase.WATCHING) {
      goOn(jobId, "New items came in.");
    }
  }

  /** Gives the rest of a job to people. */
  @Transactional
  void byHand(UUID jobId, String why) {
    bridge.hold(jobId);
    LearnerRow learner = learners.lock(jobId).orElseThrow();
    learners.phase(jobId, LearnerPhase.BY_HAND, why, clock.instant());
    jobs.runByHand(learner.projectId(), jobId, why);
  }

  private void prepare(JobView job, int version) {
    UUID id =
        work.submit(
            new WorkRequest(
                job.projectId(),
                PREPARE,
                job.id(),
                "Get to know the items of \"" + job.settings().title() + "\"",
                new Preparation(version)));
    learners.work(job.id(), id);
  }

  /** What a preparation is about. */
  record Preparation(int datasetVersion) {}

  /**
   * Looks whether a job's loop has something to do: fills the queue when it runs low, queues the
   * next step when people have answered enough, completes the job when nothing is left. Returns
   * false when somebody else held the job, so that nobody looked.
   */
  @Transactional
  public boolean look(UUID jobId) {
    // All jobs are looked at in turn: one that is held, by a step say, must not keep the others.
    if (!bridge.holdIfFree(jobId)) {
      return false;
    }
    lookAtHeld(jobId);
    return true;
  }

  private void lookAtHeld(UUID jobId) {
    LearnerRow learner = learners.lock(jobId).orElse(null);
    if (learner == null || !learner.running() || learner.phase() == LearnerPhase.FINISHED) {
      return;
    }
    JobView job = jobs.job(jobId);
    if (job.state() != JobState.RUNNING) {
      return;
    }
    if (learner.phase() == LearnerPhase.BY_HAND && !takesSteps(learner, true)) {
      // All tasks would be counted in vain: nothing of the loop is left to look after.
      bridge.lookAtHandWork(jobId);
      return;
    }
    QueueDepth depth = bridge.queueDepth(jobId);
    boolean busy = isBusy(learner);
    boolean fresh = LoopRules.isUnread(learner, depth);
    boolean idle = !busy && depth.open() == 0;
    if (idle && learner.phase() == LearnerPhase.BY_HAND && !takesSteps(learner, fresh)) {
      bridge.lookAtHandWork(jobId);
      return;
    }
    if (idle && !fresh && learner.phase() == LearnerPhase.WATCHING) {
      end(learner, job, depth);
      return;
    }
    boolean noneFree = depth.open() > 0 && QueueFilling.free(depth) == 0;
    boolean stalled = isStalled(learner, depth) && noneFree;
    if (!busy && takesSteps(learner, fresh) && LoopRules.isStepDue(learner, depth, stalled)) {
      submitStep(job, learner);
      busy = true;
    }
    if (stalled) {
      // else every later batch would wait as long for the same people
      bridge.freeIdle(jobId, clock.instant().minus(patience));
    }
    boolean learns =
        learner.phase() != LearnerPhase.WATCHING && learner.phase() != LearnerPhase.BY_HAND;
    if (learns && (busy || learner.phase() == LearnerPhase.AUDITING || noneFree)) {
      filling.fill(job, learner, depth, busy);
    }
  }

  /** Whether nobody has answered for a while; notes when somebody has. */
  private boolean isStalled(LearnerRow learner, QueueDepth depth) {
    long progress = depth.answers() + depth.declined();
    Instant now = clock.instant();
    if (learner.progressAt() == null || progress != learner.progressSeen()) {
      learners.progress(learner.jobId(), progress, now);
      return false;
    }
    return learner.progressAt().isBefore(now.minus(patience));
  }

  /** Whether a step can do anything: learn, or keep watch over accepted labels. */
  boolean takesSteps(LearnerRow learner, boolean fresh) {
    return switch (learner.phase()) {
      case STARTING, ASKING, AUDITING -> true;
      case WATCHING -> fresh;
      case BY_HAND ->
          fresh
              && learner.withdrawnAt() == null
              && learners
                  .round(learner.jobId(), learner.round())
                  .filter(round -> round.facts().machineLabels() > 0)
                  .isPresent();
      case PREPARING, FINISHED -> false;
    };
  }

  /**
   * Ends a job whose learning is over: completed, or paused when the budget ended it before every
   * item had a label. Where the budget was raised or items came in, learning goes on instead.
   */
  private void end(LearnerRow learner, JobView job, QueueDepth depth) {
    JobNumbers.Progress progress = numbers.progress(job.id());
    // Not by settled tasks: an item taken back while somebody held it has a label without one.
    long over = progress.human() + progress.machine() + bridge.declinedWithoutLabel(job.id());
    long left = Math.max(0, job.items() - over);
    boolean nothingLeft = left > 0 && learner.stop() == StopReason.NOTHING_LEFT;
    if (nothingLeft && hasUnseenItems(learner)) {
      goOn(job.id(), "New items came in.");
    } else if (nothingLeft) {
      byHand(job.id(), "The model has nothing more to ask, and %,d have no label.".formatted(left));
    } else if (left == 0 || learner.stop() != StopReason.BUDGET) {
      jobs.complete(job.projectId(), job.id(), over(learner));
    } else if (LoopRules.affordable(job, depth) > 0) {
      goOn(job.id(), "The budget was raised.");
    } else {
      jobs.pause(job.projectId(), job.id(), Stops.budgetIsSpent(job, left));
    }
  }

  /** Whether the pool has items that were not there when the newest step was taken. */
  private boolean hasUnseenItems(LearnerRow learner) {
    int seen =
        learners
            .round(learner.jobId(), learner.round())
            .map(round -> round.facts().items())
            .orElse(0);
    PoolItems pool =
        features.items(learner.projectId(), learner.datasetId(), learner.datasetVersion());
    return pool.size() > seen;
  }

  private static String over(LearnerRow learner) {
    return learner.phaseReason() == null ? "Every item has a label." : learner.phaseReason();
  }

  private void submitStep(JobView job, LearnerRow learner) {
    UUID id =
        work.submit(
            new WorkRequest(
                job.projectId(),
                STEP,
                job.id(),
                "Learn from the answers to \"" + job.settings().title() + "\"",
                new StepOrder(learner.step())));
    learners.work(job.id(), id);
  }

  /** Which step a work was queued for; it may take later ones too. */
  record StepOrder(int step) {}

  private Optional<WorkView> newestWork(LearnerRow learner) {
    return Optional.ofNullable(learner.workId()).flatMap(works::find);
  }

  /**
   * Whether work of the loop is unfinished. A newest one that failed or was cancelled counts: only
   * a retry takes it up. So does a step beside a newer preparation: two steps would share one order
   * of early draws.
   */
  private boolean isBusy(LearnerRow learner) {
    return newestWork(learner).filter(one -> one.state() != WorkState.DONE).isPresent()
        || works.about(STEP, learner.jobId(), 1).stream().anyMatch(one -> !one.state().finished());
  }
}
