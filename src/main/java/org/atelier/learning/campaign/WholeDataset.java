package org.atelier.learning.campaign;

import java.util.Optional;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.LearningBridge;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.certify.RiskBudget;
import org.atelier.learning.certify.WholeDatasetTarget;

/**
 * What a promise for the whole dataset takes: second answers, by which one knows how often people
 * err. Jobs and simulations go by the same rules.
 */
public final class WholeDataset {

  private static final double DEVIATIONS = 4;

  private WholeDataset() {}

  /** Probability with which an item that is asked about gets a second answer: 1 for all. */
  public static double share(int answersPerItem) {
    return answersPerItem > 1 ? 1 : GuaranteeScope.SECOND_ANSWERS;
  }

  /**
   * Most answers that a campaign may count on, of a budget for second answers too. Chance chooses
   * which items get one: what stays covers four standard deviations more of them than expected, so
   * that about one batch in ten thousand costs more than there was.
   *
   * @param spent single answers given and asked for, second ones included
   * @return what was spent and one answer for every item that can still be asked about; where every
   *     item is asked about several times anyway, the budget
   */
  public static int spendable(int budget, int spent, int answersPerItem) {
    int left = Math.max(0, budget - spent);
    if (answersPerItem > 1) {
      return spent + left;
    }
    double share = share(answersPerItem);
    double chance = DEVIATIONS * Math.sqrt(share * (1 - share));
    double root =
        (Math.sqrt(chance * chance + 4 * (1 + share) * left) - chance) / (2 * (1 + share));
    return spent + Math.max(left / 2, (int) (root * root));
  }

  /** Risk of the bound on human error: its share of all there is. */
  public static double humanRisk(double risk) {
    return RiskBudget.usual(risk, true).humanShare();
  }

  /**
   * How often people differ, as second answers tell.
   *
   * @param repeats with a share above 0
   * @param risk what the whole job risks
   */
  public static HumanError humanError(LearningBridge.Repeats repeats, double risk) {
    return HumanError.fromRepeats(
        repeats.differing(),
        repeats.missing(),
        repeats.checked(),
        repeats.labels(),
        repeats.share(),
        repeats.unchecked(),
        humanRisk(risk));
  }

  /**
   * Why a target cannot be promised: people are shown to agree on fewer items than it says, so that
   * no labels could keep the promise.
   *
   * @param human null when nothing is known
   */
  public static Optional<String> refusal(double target, HumanError human) {
    return human != null
            && WholeDatasetTarget.of(target, human, 1, 0)
                instanceof WholeDatasetTarget.Refused refused
            && refused.reason() == WholeDatasetTarget.Reason.TARGET_ABOVE_AGREEMENT
        ? Optional.of(
            "People agree on %.1f %% of the items that two of them answered so far (%,d items), on %.1f %% at the most; %.1f %% of the whole dataset cannot be right then."
                .formatted(
                    100 * refused.agreement(),
                    refused.checked(),
                    100 * refused.agreementAtMost(),
                    100 * target))
        : Optional.empty();
  }
}
