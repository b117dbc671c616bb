package org.atelier.learning.dashboard;

import java.util.List;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
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
    double expected = 0;
    long accepted = 0;
    long audited = 0;
    long wrong = 0;
    for (RoundRow round : rounds) {
      RoundFacts.AuditFacts audit = round.facts().audit();
      if (audit != null && audit.accepted() > 0) {
        atLeast += audit.accepted() * audit.accuracyAtLeast();
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
        accepted == 0 ? 0 : expected / accepted,
        learning.target(),
        learning.risk(),
        audited,
        wrong,
        sentence(learning, learner, counts, known, bound));
  }

  private static String sentence(
      JobSettings.Learning learning,
      LearnerRow learner,
      Dashboard.Counts counts,
      boolean known,
      double bound) {
    if (known) {
      return "With probability %s at least %s of the machine's %s labels are right; %s was asked for%s."
          .formatted(
              Figures.percent(1 - learning.risk()),
              Figures.percent(bound),
              Figures.count(counts.machine()),
              Figures.percent(learning.target()),
              learning.scope() == GuaranteeScope.DATASET
                  ? ", of all labels, people's with their error included"
                  : "");
    }
    if (learner != null && learner.withdrawnAt() != null) {
      return "The certificate was withdrawn: " + learner.withdrawnWhy();
    }
    if (learner != null && learner.phase() == LearnerPhase.BY_HAND) {
      return "People label all of them.";
    }
    return "There is not enough data yet to say how good machine labels are; none is accepted.";
  }
}
