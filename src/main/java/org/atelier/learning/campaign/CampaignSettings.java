package org.atelier.learning.campaign;

/**
 * What a campaign was asked to do; fixed for its life.
 *
 * @param items N, at least 1
 * @param classes K, at least 1
 * @param multiLabel whether an item may have none or several classes; "right" is the exact set
 * @param target accuracy τ the machine labels (or the finished dataset) must have, in (0, 1)
 * @param risk probability δ that anything certified misses the target, in (0, 1)
 * @param scope what the target is about
 * @param humanError upper bound of the share of wrong human labels, needed for {@link
 *     Scope#DATASET}; null when not known
 * @param budget most single answers, audit included
 * @param answersPerItem answers each asked item costs, 1 to 9
 * @param randomStart items drawn at random before there is a model, at least 2
 * @param batch items asked per round
 * @param auditBatch items drawn per look of an audit
 * @param maximumRounds most turns of the loop
 * @param coverage share of items with a label at which the campaign is content, in (0, 1]
 * @param patience rounds without progress after which the campaign stops
 * @param strategy name of a sampling strategy
 * @param seed the only source of chance
 */
public record CampaignSettings(
    int items,
    int classes,
    boolean multiLabel,
    double target,
    double risk,
    Scope scope,
    Double humanError,
    int budget,
    int answersPerItem,
    int randomStart,
    int batch,
    int auditBatch,
    int maximumRounds,
    double coverage,
    int patience,
    String strategy,
    long seed) {

  /** What the target accuracy is about. */
  public enum Scope {
    /** The machine labels alone. */
    MACHINE,
    /** All labels of the finished dataset, human ones with their estimated error included. */
    DATASET
  }

  /** Checks the ranges. */
  public CampaignSettings {
    check(items >= 1 && classes >= 1, "items and classes must be at least 1");
    check(target > 0 && target < 1, "target must lie between 0 and 1");
    check(risk > 0 && risk < 1, "risk must lie between 0 and 1");
    check(answersPerItem >= 1 && answersPerItem <= 9, "answers per item must be 1 to 9");
    check(budget >= 0 && maximumRounds >= 1, "budget and rounds must not be negative");
    check(randomStart >= 2 && batch >= 1 && auditBatch >= 1, "batches must not be empty");
    check(coverage > 0 && coverage <= 1, "coverage must lie between 0 and 1");
    check(humanError == null || humanError >= 0 && humanError <= 1, "human error out of range");
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Settings with the measured defaults (docs/benchmarks-learning.md) for a pool and a budget.
   *
   * <p>The random start is 1.5 % of the items, held between 20 per class and 1,000, and never more
   * than a quarter of what the budget buys; a batch is a tenth of what it buys, 20 to 1,000.
   */
  public static CampaignSettings standard(
      int items,
      int classes,
      boolean multiLabel,
      double target,
      double risk,
      int budget,
      int answersPerItem,
      long seed) {
    int affordable = Math.max(8, budget / answersPerItem);
    int start = Math.min(1000, Math.max(20 * classes, items * 15 / 1000));
    return new CampaignSettings(
        items,
        classes,
        multiLabel,
        target,
        risk,
        Scope.MACHINE,
        null,
        budget,
        answersPerItem,
        Math.max(2, Math.min(start, affordable / 4)),
        Math.max(20, Math.min(1000, affordable / 15)),
        Math.max(20, Math.min(100, affordable / 50)),
        60,
        1,
        6,
        "margin",
        seed);
  }

  /** The same with another sampling strategy. */
  public CampaignSettings withStrategy(String name) {
    return new CampaignSettings(
        items,
        classes,
        multiLabel,
        target,
        risk,
        scope,
        humanError,
        budget,
        answersPerItem,
        randomStart,
        batch,
        auditBatch,
        maximumRounds,
        coverage,
        patience,
        name,
        seed);
  }

  /** The same with other batches. */
  public CampaignSettings withBatches(int start, int each) {
    return new CampaignSettings(
        items,
        classes,
        multiLabel,
        target,
        risk,
        scope,
        humanError,
        budget,
        answersPerItem,
        start,
        each,
        auditBatch,
        maximumRounds,
        coverage,
        patience,
        strategy,
        seed);
  }

  /** The same for the finished dataset, given how often people are wrong at most. */
  public CampaignSettings forDataset(double humanErrorAtMost) {
    return new CampaignSettings(
        items,
        classes,
        multiLabel,
        target,
        risk,
        Scope.DATASET,
        humanErrorAtMost,
        budget,
        answersPerItem,
        randomStart,
        batch,
        auditBatch,
        maximumRounds,
        coverage,
        patience,
        strategy,
        seed);
  }
}
