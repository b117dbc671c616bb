package org.atelier.learning.dashboard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.learning.campaign.StopReason;
import org.atelier.learning.loop.LearnerPhase;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.RoundRow;

/** What somebody in charge can do when a job's learning ended or rests. */
final class NextSteps {

  private NextSteps() {}

  /** Null while there is nothing to decide. */
  static Dashboard.Next of(
      JobView job,
      LearnerRow learner,
      List<RoundRow> rounds,
      Dashboard.Counts counts,
      JobNumbers.Progress progress) {
    boolean trained = rounds.stream().anyMatch(round -> round.modelSha256() != null);
    if (job.state() == JobState.PAUSED && learner.refused()) {
      return refused(counts, trained);
    }
    if (job.state() == JobState.PAUSED && counts.unlabelled() > 0 && isSpent(job, progress)) {
      return budget(job, learner, counts, progress, trained);
    }
    if (job.state().isFinished()) {
      return trained ? finished(counts) : null;
    }
    if (learner.phase() == LearnerPhase.BY_HAND && job.settings().learning().enabled()) {
      return byHand(learner, counts, trained);
    }
    return null;
  }

  private static boolean isSpent(JobView job, JobNumbers.Progress progress) {
    Integer most = job.settings().budget().answers();
    return most != null && most - progress.answers() < job.settings().answering().perItem();
  }

  private static Dashboard.Next budget(
      JobView job,
      LearnerRow learner,
      Dashboard.Counts counts,
      JobNumbers.Progress progress,
      boolean trained) {
    long all = progress.answers() + counts.unlabelled() * job.settings().answering().perItem();
    String learning =
        learner.phase() == LearnerPhase.BY_HAND
            ? "People label the rest when it goes on."
            : counts.machine() == 0
                ? "No audit could certify labels of the model within it: the target may be above what the model reaches yet, or too few answers were left for an audit."
                : "What the model has labelled so far is certified and stays.";
    return new Dashboard.Next(
        "The budget is used up",
        "%s items have no label. %s Raise the budget and the job goes on where it stands; %s answers would be enough to ask about everything that is left%s. Or complete it as it is: items without a label stay without one. A lower target needs a new job, because what a job promises is fixed once it has started."
            .formatted(
                Figures.count(counts.unlabelled()),
                learning,
                Figures.count(all),
                cost(job, all - progress.answers())),
        all,
        trained);
  }

  /** What more answers cost at the price of the job, in words; nothing without a price. */
  private static String cost(JobView job, long more) {
    JobSettings.Budget budget = job.settings().budget();
    return budget.answerPrice() == null
        ? ""
        : String.format(
            Locale.ROOT,
            ", for %s %,.2f more at the job's price of %s an answer",
            budget.currency(),
            budget.answerPrice().multiply(BigDecimal.valueOf(more)),
            budget.answerPrice().toPlainString());
  }

  /** More answers and resuming do not help: the bound on what people agree on stands. */
  private static Dashboard.Next refused(Dashboard.Counts counts, boolean trained) {
    return new Dashboard.Next(
        "What was promised cannot be kept",
        "More answers do not help, and what this job promises is fixed since it started. %sA new job can promise less: a lower target, or the model's labels alone."
            .formatted(
                counts.unlabelled() == 0
                    ? "Complete it: its labels become a version of the dataset. "
                    : "Complete it as it is: %s items stay without a label. "
                        .formatted(Figures.count(counts.unlabelled()))),
        null,
        trained);
  }

  private static Dashboard.Next byHand(
      LearnerRow learner, Dashboard.Counts counts, boolean trained) {
    if (learner.withdrawnAt() != null) {
      return null;
    }
    String text =
        trained
            ? "People label the %s items that are left. A new job with the same labels can start from this one's model, with another target."
                .formatted(Figures.count(counts.unlabelled()))
            : "People label every item; there is nothing to decide. With more items in its dataset"
                + " a new job could learn.";
    String more =
        learner.stop() == StopReason.ROUNDS
            ? " More rounds can be allowed in the settings of that job."
            : "";
    return new Dashboard.Next("The model has stopped", text + more, null, trained);
  }

  private static Dashboard.Next finished(Dashboard.Counts counts) {
    String left =
        counts.unlabelled() == 0
            ? "New items of the same kind"
            : "The %s items without a label, or new ones,"
                .formatted(Figures.count(counts.unlabelled()));
    return new Dashboard.Next(
        "Go on from here",
        left + " can be labelled by a new job that starts from this one's model.",
        null,
        true);
  }
}
