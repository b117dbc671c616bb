package org.atelier.learning.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.learning.model.Learner;
import org.atelier.learning.pool.PoolItems;
import org.jdbi.v3.core.Jdbi;

/** Takes one step of a loop: plans it unless that was done before a crash, then applies it. */
@Singleton
class StepRunner {

  private final LearnerRepository learners;
  private final Jobs jobs;
  private final StepPlanner planner;
  private final StepApplier applier;
  private final StoredJson stored;

  StepRunner(
      Jdbi jdbi,
      ObjectMapper json,
      Jobs jobs,
      StepPlanner planner,
      StepApplier applier,
      StoredJson stored) {
    this.learners = new LearnerRepository(jdbi, json);
    this.jobs = jobs;
    this.planner = planner;
    this.applier = applier;
    this.stored = stored;
  }

  /** How a step went. */
  enum Outcome {
    /** It was applied and the next can follow at once. */
    GO_ON,
    /** People have to answer first, or there is nothing more to do. */
    WAIT,
    /** Somebody else applied it, or the job does not run. */
    NOT_NOW
  }

  /**
   * Takes the learner's next step.
   *
   * @param learner gives what trains, or null for the very first step
   */
  Outcome step(UUID jobId, PoolItems items, Supplier<Learner> learner) {
    LearnerRow row = learners.find(jobId).orElseThrow();
    Optional<StepRow> planned = learners.step(jobId, row.step());
    StepRow step;
    StepDocument document;
    if (planned.isPresent()) {
      step = planned.get();
      document = stored.get(step.directiveSha256(), StepDocument.class);
    } else {
      JobView job = jobs.job(jobId);
      RoundFacts previous =
          row.step() == 0
              ? null
              : learners.round(jobId, row.round()).map(RoundRow::facts).orElse(null);
      StepPlanner.Plan plan = planner.plan(job, row, previous, items, learner);
      if (plan.refusal() != null) {
        applier.refuse(jobId, plan.refusal());
        return Outcome.NOT_NOW;
      }
      if (plan.waiting()) {
        applier.looked(jobId, plan.document().settledSeen());
        return Outcome.WAIT;
      }
      applier.plan(plan.step());
      step = plan.step();
      document = plan.document();
    }
    if (!applier.apply(step, document, items)) {
      return Outcome.NOT_NOW;
    }
    boolean idle =
        document.directive().asks().isEmpty()
            && document.directive().stop() == null
            && !document.directive().waiting();
    return idle ? Outcome.GO_ON : Outcome.WAIT;
  }
}
