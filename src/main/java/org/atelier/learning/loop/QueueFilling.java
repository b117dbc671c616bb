package org.atelier.learning.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps people busy while the machine computes: asks items of the round's reserve, and draws for
 * the audit to come when there is nothing left of it.
 */
@Singleton
class QueueFilling {

  private final LearnerRepository learners;
  private final LearningBridge bridge;
  private final EarlyDraws early;

  QueueFilling(Jdbi jdbi, ObjectMapper json, LearningBridge bridge, EarlyDraws early) {
    this.learners = new LearnerRepository(jdbi, json);
    this.bridge = bridge;
    this.early = early;
  }

  /**
   * Asks more items when few tasks are free; inside a transaction that holds the learner.
   *
   * @param busy whether a step is under way: then the audit's draws may begin when the reserve has
   *     nothing to give
   */
  void fill(JobView job, LearnerRow learner, QueueDepth depth, boolean busy) {
    if (free(depth) >= LoopRules.lowWater(job, depth)) {
      return;
    }
    RoundFacts facts = learners.round(job.id(), learner.round()).map(RoundRow::facts).orElse(null);
    boolean given = giveReserve(job, learner, depth, facts);
    if (!given && busy && learner.phase() != LearnerPhase.AUDITING) {
      drawEarly(job, learner, depth, facts);
    }
  }

  private boolean giveReserve(JobView job, LearnerRow learner, QueueDepth depth, RoundFacts facts) {
    List<UUID> reserve = learners.lists(job.id(), learner.round()).reserve();
    int wanted = LoopRules.fillable(job, depth, learner.reserveUsed(), facts);
    int to = Math.min(reserve.size(), learner.reserveUsed() + wanted);
    if (to <= learner.reserveUsed()) {
      return false;
    }
    boolean fair =
        learner.phase() == LearnerPhase.PREPARING || learner.phase() == LearnerPhase.STARTING;
    int made =
        bridge.enqueue(
            job.id(),
            learner.round(),
            fair ? TaskReason.RANDOM_START : TaskReason.LOW_MARGIN,
            reserve.subList(learner.reserveUsed(), to));
    learners.reserveUsed(job.id(), to, learner.openAfterStep() + made);
    return true;
  }

  private void drawEarly(JobView job, LearnerRow learner, QueueDepth depth, RoundFacts facts) {
    int drawn = early.countHandedOut(job.id());
    List<UUID> next =
        early.handOut(job.id(), LoopRules.early(job, depth, drawn, learner.reserveUsed(), facts));
    if (!next.isEmpty()) {
      int made = bridge.enqueue(job.id(), learner.round(), TaskReason.EARLY_DRAW, next);
      learners.reserveUsed(job.id(), learner.reserveUsed(), learner.openAfterStep() + made);
    }
  }

  /** Tasks nobody holds: what somebody who comes now could get. */
  static long free(QueueDepth depth) {
    return Math.max(0, depth.open() - (depth.underWay() - depth.late()));
  }
}
