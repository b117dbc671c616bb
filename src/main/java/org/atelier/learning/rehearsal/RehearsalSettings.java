package org.atelier.learning.rehearsal;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.atelier.learning.sampling.Strategies;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;

/**
 * What to simulate.
 *
 * @param datasetVersion null for the newest, until the simulation is started
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
    Integer datasetVersion,
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
  private static final BigDecimal HIGHEST_PRICE = BigDecimal.valueOf(99_999_999);

  /**
   * Checks the ranges.
   *
   * @throws ProblemException naming the first field that is wrong in {@code field} and all of them
   *     with what is wrong in {@code fields}
   */
  RehearsalSettings checked() {
    refuse(breaches());
    return this;
  }

  /**
   * @param breaches what is wrong, by field, in the order of the fields
   * @throws ProblemException unless nothing is, as {@link #checked} does
   */
  static void refuse(Map<String, String> breaches) {
    if (!breaches.isEmpty()) {
      Map.Entry<String, String> first = breaches.entrySet().iterator().next();
      throw new ProblemException(
          CommonProblem.INVALID_INPUT,
          first.getValue(),
          Map.of("field", first.getKey(), "fields", breaches));
    }
  }

  /** What is out of its range, by field. */
  Map<String, String> breaches() {
    Map<String, String> wrong = new LinkedHashMap<>();
    require(wrong, datasetId != null, "datasetId", "Choose a dataset.");
    require(wrong, inside(target), "target", "Give an accuracy above 0 and below 100 %.");
    require(wrong, inside(risk), "risk", "Give a risk above 0 and below 100 %.");
    require(wrong, isCount(budget), "budget", "Give at least one answer, or nothing.");
    require(wrong, isCount(batch), "batch", "Give at least one item, or nothing.");
    aboutAnswers(wrong);
    require(
        wrong,
        price != null
            && price.signum() >= 0
            && price.scale() <= 4
            && price.compareTo(HIGHEST_PRICE) <= 0,
        "price",
        "Give a price of 0 to 99,999,999 with at most four decimals.");
    require(
        wrong,
        currency == null || currency.length() <= 20,
        "currency",
        "Give at most 20 characters.");
    require(
        wrong,
        strategy == null || strategy.isBlank() || Strategies.named(strategy).isPresent(),
        "strategy",
        "Choose one of the listed strategies.");
    return wrong;
  }

  private void aboutAnswers(Map<String, String> wrong) {
    boolean some = answersPerItem >= 1 && answersPerItem <= 9;
    require(wrong, some, "answersPerItem", "Give 1 to 9.");
    require(
        wrong,
        mostAnswersPerItem == null
            || mostAnswersPerItem >= (some ? answersPerItem : 1) && mostAnswersPerItem <= 9,
        "mostAnswersPerItem",
        "Give at least as many as every item gets and at most 9.");
    require(
        wrong,
        labelerError >= 0 && labelerError < 1,
        "labelerError",
        "Give a share from 0 to 99 %.");
    require(
        wrong,
        confusion == null || confusion.length() <= LONGEST_CONFUSION,
        "confusion",
        "Give at most 2,000,000 characters, or use simulate on the command line.");
  }

  private static boolean inside(double share) {
    return share > 0 && share < 1;
  }

  private static boolean isCount(Integer number) {
    return number == null || number >= 1;
  }

  private static void require(
      Map<String, String> wrong, boolean holds, String field, String message) {
    if (!holds) {
      wrong.put(field, message);
    }
  }

  /** Answers to an item on which people disagree, as in a job. */
  int mostAnswers() {
    return mostAnswersPerItem != null ? mostAnswersPerItem : Math.max(3, answersPerItem);
  }

  /** The same on a version of the dataset. */
  RehearsalSettings ofVersion(int number) {
    return new RehearsalSettings(
        datasetId,
        number,
        target,
        risk,
        wholeDataset,
        budget,
        batch,
        answersPerItem,
        mostAnswersPerItem,
        labelerError,
        confusion,
        strategy,
        price,
        currency,
        seed);
  }
}
