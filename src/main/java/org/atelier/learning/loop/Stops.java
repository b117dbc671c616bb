package org.atelier.learning.loop;

import org.atelier.labeling.JobView;
import org.atelier.learning.campaign.StopReason;

/** Why learning ended, in words. */
final class Stops {

  private Stops() {}

  static String sentence(StopReason reason, JobView job) {
    return switch (reason) {
      case NOTHING_LEFT -> "No item is left to ask about.";
      case COVERAGE -> "The wanted share of the items has a label.";
      case BUDGET -> "The budget of answers is used up.";
      case ROUNDS -> "The most rounds were used; the rest is left to people.";
      case NO_PROGRESS ->
          "%s brought no progress: neither were labels certified nor did more look safe. The rest is left to people."
              .formatted(rounds(LoopRules.patience(job)));
    };
  }

  private static String rounds(int count) {
    return count == 1 ? "A round" : count + " rounds in a row";
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
