package org.atelier.learning.dashboard;

import java.util.List;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.loop.LearnerPhase;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.RoundFacts;
import org.atelier.learning.loop.RoundRow;

/** Reads from the rounds how good accepted labels are. */
final class QualityReading {

  private QualityReading() {}

  /**
   * @param learner null for a job that never started
   */
  static Dashboard.Quality of(
      JobSettings.Learning learning,
      LearnerRow learner,
      List<RoundRow> rounds,
      Dashboard.Counts counts) {
    double atLeast = 0;
    double atMost = 0;
    double expected = 0;
    long accepted = 0;
    long audited = 0;
    long wrong = 0;
    for (RoundRow round : rounds) {
      RoundFacts.AuditFacts audit = round.facts().audit();
      if (audit != null && audit.accepted() > 0) {
        atLeast += audit.accepted() * audit.accuracyAtLeast();
        Double upper = audit.accuracyAtMost();
        atMost += audit.accepted() * (upper == null ? 1 : upper);
        expected += audit.accepted() * audit.accuracyExpected();
        accepted += audit.accepted();
        audited += audit.drawn();
        wrong += audit.wrong();
      }
    }
    boolean known = accepted > 0 && learner.withdrawnAt() == null;
    double bound = accepted == 0 ? 0 : atLeast / accepted;
    return new Dashboard.Quality(
        known,
        bound,
        accepted == 0 ? 1 : atMost / accepted,
        accepted == 0 ? 0 : expected / accepted,
        learning.target(),
        learning.risk(),
        audited,
        wrong,
        sentence(learning, learner, counts, known ? accepted : 0, bound));
  }

  /**
   * @param newest facts of the newest round, null before the first
   * @param answersPerItem what the job asks for
   */
  static Dashboard.HumanQuality human(RoundFacts newest, int answersPerItem) {
    RoundFacts.HumanFacts human = newest == null ? null : newest.human();
    if (human == null || human.checked() == 0) {
      return new Dashboard.HumanQuality(
          false,
          0,
          0,
          0,
          1,
          1,
          answersPerItem > 1
              ? "Not measured yet: it is read from items drawn at random that two people answered,"
                  + " at the end of every round of a job that learns."
              : "Not measured: a label of one answer cannot show how often people err. Ask several"
                  + " people per item, or promise the whole dataset, which has part of the items"
                  + " answered twice.");
    }
    double agreement = 1 - (double) human.differing() / human.checked();
    return new Dashboard.HumanQuality(
        true,
        human.checked(),
        human.differing(),
        1 - human.atMost(),
        Math.max(1 - human.atMost(), Math.min(1 - human.atLeast(), agreement)),
        1 - human.atLeast(),
        "At the model's last step, a second person, who saw nothing but the item, had said the same as the first on %s of people's labels (%s of %s checked); the interval also covers labels that nobody checked."
            .formatted(
                interval(1 - human.atMost(), 1 - human.atLeast()),
                Figures.count(human.checked() - human.differing()),
                Figures.count(human.checked())));
  }

  /** From one bound to the other, or the one number where every label was checked. */
  static String interval(double atLeast, double atMost) {
    return atMost - atLeast < 1e-9
        ? Figures.percent(atLeast)
        : Figures.atLeast(atLeast) + " to " + Figures.atMost(atMost);
  }

  /**
   * @param newest facts of the newest round, null before the first
   * @param allowed risk of the job, δ
   */
  static String watch(RoundFacts newest, double target, double allowed) {
    RoundFacts.WatchFacts watch = newest == null ? null : newest.watch();
    if (watch == null) {
      return null;
    }
    String further =
        watch.supportedAtRisk() > allowed
            ? isMore(allowed)
                + " While people answer, labels are drawn until it is less or the certificate is"
                + " withdrawn."
            : " Right labels lower that risk and wrong ones raise it; at 100 % the certificate is"
                + " withdrawn.";
    return watch(watch.answered(), watch.wrong(), watch.supportedAtRisk(), target) + further;
  }

  private static String isMore(double allowed) {
    return " That is more than the %s allowed.".formatted(Figures.risk(allowed));
  }

  /** How a watch stood when its job ended. */
  static String watchAtTheEnd(Certificate.Watch watch, Certificate.Guarantee guarantee) {
    String stood = watch(watch.drawn(), watch.wrong(), watch.supportedAtRisk(), guarantee.target());
    if (watch.supportedAtRisk() <= guarantee.risk()) {
      return stood;
    }
    return stood
        + isMore(guarantee.risk())
        + (guarantee.state() == Certificate.State.WITHDRAWN
            ? " The certificate was withdrawn."
            : " The job ended before more labels could be drawn.");
  }

  /** What the draws of a watch show, together with the audits before it. */
  private static String watch(int drawn, int wrong, double supportedAtRisk, double target) {
    return "Since acceptance %s labels were drawn again at random; wrong among the newest of them: %s. Audit and these draws together show %s at a risk of %s."
        .formatted(
            Figures.count(drawn),
            Figures.count(wrong),
            Figures.percent(target),
            Figures.risk(supportedAtRisk));
  }

  private static String sentence(
      JobSettings.Learning learning,
      LearnerRow learner,
      Dashboard.Counts counts,
      long accepted,
      double bound) {
    if (accepted > 0) {
      return "With probability %s at least %s of the model's %s labels%s are right; %s was asked for%s."
          .formatted(
              Figures.percent(1 - learning.risk()),
              Figures.atLeast(bound),
              Figures.count(accepted),
              accepted == counts.machine()
                  ? ""
                  : " (%s of them looked at by people, or deleted, since)"
                      .formatted(Figures.count(accepted - counts.machine())),
              Figures.percent(learning.target()),
              learning.scope() == GuaranteeScope.DATASET
                  ? ", of all labels, people's with their error included"
                  : "");
    }
    if (learner != null && learner.withdrawnAt() != null) {
      Withdrawal withdrawal = new Withdrawal(counts.machine(), counts.machine(), false);
      return "The certificate was withdrawn: "
          + learner.withdrawnWhy()
          + (counts.machine() == 0
              ? ""
              : " " + withdrawal.remain() + " " + withdrawal.unpromised());
    }
    if (learner != null && learner.refused()) {
      return "What this job promises cannot be kept: people agree on too few items.";
    }
    boolean byHand = learner != null && learner.phase() == LearnerPhase.BY_HAND;
    if (byHand || !learning.enabled()) {
      return counts.unlabelled() == 0 ? "People labelled them." : "People label all of them.";
    }
    boolean over =
        learner != null
            && (learner.phase() == LearnerPhase.FINISHED
                || learner.phase() == LearnerPhase.WATCHING);
    if (over) {
      return "No label of the model was accepted: no audit by people showed that enough of them"
          + " are right.";
    }
    return "None of the model's labels is accepted yet: people first check a random sample of them.";
  }
}
