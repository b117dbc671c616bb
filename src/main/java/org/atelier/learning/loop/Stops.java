package org.atelier.learning.loop;

import org.atelier.labeling.JobView;
import org.atelier.learning.campaign.StopReason;

/** Why learning ended, in words. */
final class Stops {

  private Stops() {}

  static String sentence(StopReason reason, JobView job) {
    return switch (reason) {
      case NOTHING_LEFT -> "Every item has a label or is with people.";
      case COVERAGE -> "The wanted share of the items has a label.";
      case BUDGET -> "The budget of answers is used up.";
      case ROUNDS -> "The most rounds were used; people label the rest.";
      case NO_PROGRESS ->
          "%d rounds in a row brought no progress: neither were labels certified nor did more look safe. People label the rest."
              .formatted(LoopRules.patience(job));
    };
  }

  /** Why a job rests although items are left. */
  static String budgetIsSpent(JobView job, long left) {
    Integer most = job.settings().budget().answers();
    String budget = most == null ? "The budget" : "The budget of %,d answers".formatted(most);
    return budget
        + " is used up and %,d items have no label. Raise the budget to go on, or complete the job as it is."
            .formatted(left);
  }
}
