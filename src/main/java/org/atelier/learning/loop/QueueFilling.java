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

  /**
   * Asks more items when few tasks are open, at most one batch per round, so that fast people do
   * not spend what the audit needs; inside a transaction that holds the learner.
   */
  void fill(JobView job, LearnerRow learner, QueueDepth depth) {
    int low = LoopRules.lowWater(job);
    if (free(depth) >= low) {
      return;
    }
    List<UUID> reserve = learners.lists(job.id(), learner.round()).reserve();
    int wanted = Math.min(2 * low, affordable(job, depth));
    int most = Math.min(reserve.size(), job.settings().learning().batchSize());
    int to = Math.min(most, learner.reserveUsed() + wanted);
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

  private static int affordable(JobView job, QueueDepth depth) {
    Integer most = job.settings().budget().answers();
    if (most == null) {
      return Integer.MAX_VALUE;
    }
    int perItem = job.settings().answering().perItem();
    return (int) Math.max(0, (most - depth.answers()) / perItem - depth.open());
  }
}
