package org.atelier.learning.rehearsal;

import java.math.BigDecimal;
import java.util.UUID;
import org.atelier.platform.ProblemException;

/**
 * What to simulate.
 *
 * @param target accuracy to certify, in (0, 1)
 * @param risk probability that the certificate is wrong, in (0, 1)
 * @param wholeDataset whether the target is about all labels instead of the machine labels
 * @param budget most single answers, audit included; null for a fifth of what all items would cost,
 *     but those of 600 items at least
 * @param batch items asked per round; null for the engine's own choice
 * @param answersPerItem 1 to 9
 * @param mostAnswersPerItem answers to an item on which people disagree, answersPerItem to 9; null
 *     for 3, or answersPerItem when that is more
 * @param labelerError share of wrong answers of a simulated person, in [0, 1)
 * @param confusion how people confuse classes, lines {@code true,answered,probability}; empty to
 *     use {@code labelerError}
 * @param strategy name of a sampling strategy
 * @param price of one answer, not negative
 * @param currency word behind amounts
 */
record RehearsalSettings(
    UUID datasetId,
    int datasetVersion,
    double target,
    double risk,
    boolean wholeDataset,
    Integer budget,
    Integer batch,
    int answersPerItem,
    Integer mostAnswersPerItem,
    double labelerError,
    String confusion,
    String strategy,
    BigDecimal price,
    String currency,
    long seed) {

  private static final int LONGEST_CONFUSION = 2_000_000;

  /**
   * Checks the ranges.
   *
   * @throws ProblemException naming the field
   */
  RehearsalSettings checked() {
    require(datasetId != null, "dataset", "Choose a dataset.");
    require(target > 0 && target < 1, "target", "Give an accuracy above 0 and below 100 %.");
    require(risk > 0 && risk < 1, "risk", "Give a risk above 0 and below 100 %.");
    require(budget == null || budget >= 1, "budget", "Give at least one answer, or nothing.");
    require(batch == null || batch >= 1, "batch", "Give at least one item, or nothing.");
    require(answersPerItem >= 1 && answersPerItem <= 9, "answersPerItem", "Give 1 to 9.");
    require(
        mostAnswersPerItem == null
            || mostAnswersPerItem >= answersPerItem && mostAnswersPerItem <= 9,
        "mostAnswersPerItem",
        "Give at least as many as every item gets and at most 9.");
    require(labelerError >= 0 && labelerError < 1, "labelerError", "Give a share from 0 to 99 %.");
    require(
        price != null
            && price.signum() >= 0
            && price.scale() <= 4
            && price.compareTo(BigDecimal.valueOf(99_999_999)) <= 0,
        "price",
        "Give a price of 0 to 99,999,999 with at most four decimals.");
    require(currency == null || currency.length() <= 20, "currency", "Give at most 20 characters.");
    require(
        confusion == null || confusion.length() <= LONGEST_CONFUSION,
        "confusion",
        "Give at most 2,000,000 characters, or use simulate on the command line.");
    return this;
  }

  /** Answers to an item on which people disagree, as in a job. */
  int mostAnswers() {
    return mostAnswersPerItem != null ? mostAnswersPerItem : Math.max(3, answersPerItem);
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw ProblemException.invalid(field, message);
    }
  }
}
