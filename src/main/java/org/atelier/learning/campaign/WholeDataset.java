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

  private static final double RESERVE = 1.25;
  private static final String REFUSED = "People agree on ";

  private WholeDataset() {}

  /** Probability with which an item that is asked about gets a second answer: 1 for all. */
  public static double share(int answersPerItem) {
    return answersPerItem > 1 ? 1 : GuaranteeScope.SECOND_ANSWERS;
  }

  /**
   * What is put aside for every answer that a campaign asks for, the second ones included; a little
   * more than the part that gets one, because chance chooses it.
   */
  public static double reserve(int answersPerItem) {
    return answersPerItem > 1 ? 1 : RESERVE;
  }

  /**
   * Most answers that a campaign may count on, of a budget for second answers too.
   *
   * @param spent single answers given and asked for, second ones included
   * @param reserve as {@link #reserve} says; 1 where nothing is promised for the whole dataset
   */
  public static int spendable(int budget, int spent, double reserve) {
    return spent + (int) (Math.max(0, budget - spent) / reserve);
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

  /** Whether these words are those of {@link #refusal}. */
  public static boolean isRefusal(String words) {
    return words != null && words.startsWith(REFUSED);
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
            "%s%.1f %% of the items that two of them answered so far (%,d items), on %.1f %% at the most; %.1f %% of the whole dataset cannot be right then."
                .formatted(
                    REFUSED,
                    100 * refused.agreement(),
                    refused.checked(),
                    100 * refused.agreementAtMost(),
                    100 * target))
        : Optional.empty();
  }
}
