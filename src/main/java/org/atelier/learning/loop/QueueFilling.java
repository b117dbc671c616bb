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

/** Keeps people busy while the machine computes: asks items of the round's reserve. */
@Singleton
class QueueFilling {

  private final LearnerRepository learners;
  private final LearningBridge bridge;

  QueueFilling(Jdbi jdbi, ObjectMapper json, LearningBridge bridge) {
    this.learners = new LearnerRepository(jdbi, json);
    this.bridge = bridge;
  }

  /** Asks more items when few tasks are free; inside a transaction that holds the learner. */
  void fill(JobView job, LearnerRow learner, QueueDepth depth) {
    if (free(depth) >= LoopRules.lowWater(job, depth)) {
      return;
    }
    RoundFacts.Training training =
        learners
            .round(job.id(), learner.round())
            .map(round -> round.facts().training())
            .orElse(null);
    List<UUID> reserve = learners.lists(job.id(), learner.round()).reserve();
    int wanted = LoopRules.fillable(job, depth, learner.reserveUsed(), training);
    int to = Math.min(reserve.size(), learner.reserveUsed() + wanted);
    if (to <= learner.reserveUsed()) {
      return;
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
  }

  /** Tasks nobody holds: what somebody who comes now could get. */
  static long free(QueueDepth depth) {
    return Math.max(0, depth.open() - depth.underWay());
  }
}
