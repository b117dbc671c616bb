package org.atelier.learning.dashboard;

import java.util.Locale;
import java.util.Optional;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobView;
import org.atelier.labeling.PeopleAgreement;
import org.atelier.labeling.TaskType;

/** Says how far the people of a job agree, and what that means. */
final class AgreementReading {

  /** Krippendorff's customary bounds: reliable, and just enough for tentative conclusions. */
  private static final double RELIABLE = 0.8;

  private static final double TENTATIVE = 0.667;

  private AgreementReading() {}

  /** Whether a job asks several people about an item, at least about some drawn at random. */
  static boolean asksSeveral(JobView job) {
    JobSettings settings = job.settings();
    boolean drawn =
        settings.learning().enabled() && settings.learning().scope() == GuaranteeScope.DATASET;
    return job.startedAt() != null && (settings.answering().perItem() > 1 || drawn);
  }

  /**
   * @param found empty while it is found out for the first time
   */
  static Dashboard.Agreement of(JobView job, Optional<PeopleAgreement.Found> found) {
    if (found.isEmpty()) {
      return nothing("Being counted: it stands here in a moment.");
    }
    PeopleAgreement.Found one = found.get();
    if (one.items() == 0) {
      return nothing("Not measured yet: it takes items that two people answered on their own.");
    }
    return new Dashboard.Agreement(
        true,
        one.items(),
        one.answers(),
        one.alike(),
        (double) one.alike() / one.items(),
        one.alikeFrom(),
        one.alikeTo(),
        one.alpha(),
        one.alphaFrom(),
        one.alphaTo(),
        one.byChance(),
        one.sampled(),
        basis(job, one),
        meaning(one));
  }

  private static Dashboard.Agreement nothing(String sentence) {
    return new Dashboard.Agreement(
        false, 0, 0, 0, 1, 0, 1, null, null, null, null, false, sentence, null);
  }

  private static String basis(JobView job, PeopleAgreement.Found found) {
    return "Counted over %s%s items with at least two answers of people who saw nothing but the item.%s"
        .formatted(
            Figures.count(found.items()),
            found.sampled() ? " random" : "",
            job.settings().taskType() == TaskType.MULTI
                ? " Answers are alike when they are exactly the same labels."
                : "");
  }

  /** What the number means; a verdict only where there is an interval. */
  static String meaning(PeopleAgreement.Found found) {
    if (found.alpha() == null) {
      return "Every answer is the same, so nothing can be said about agreement beyond chance.";
    }
    String scale = "α is 1 when people always agree and 0 when they agree as by chance. ";
    if (found.alphaFrom() == null) {
      return scale
          + (found.alike() == found.items()
              ? "No answers differ yet, so there is no interval and no verdict."
              : "There are too few items for an interval, and so for a verdict.");
    }
    double sure = found.alphaFrom();
    if (sure >= RELIABLE) {
      return scale + "From 0.80 on labels are taken for reliable.";
    }
    return sure >= TENTATIVE
        ? scale
            + "From 0.667 to 0.80 they carry tentative conclusions only: look at the items on which"
            + " people differ, and make the instructions clearer there."
        : scale
            + "Below 0.667 they are not taken for reliable: make labels and instructions clearer,"
            + " or ask more people per item.";
  }

  /** 0.74; never −0.00. */
  static String alpha(double alpha) {
    String text = String.format(Locale.ROOT, "%.2f", alpha);
    return text.equals("-0.00") ? "0.00" : text.replace('-', '−');
  }
}
