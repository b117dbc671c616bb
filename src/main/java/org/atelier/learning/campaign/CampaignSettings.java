package org.atelier.learning.campaign;

import java.util.Optional;

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

  /**
   * Rounds without progress that end learning by default: half of what a budget is laid out for.
   */
  public static final int USUAL_PATIENCE = 10;

  /** Fewer items are labelled by hand: an audit would need most of them. */
  public static final int FEWEST_ITEMS = 300;

  /** At least so many items for every class that can be chosen. */
  public static final int FEWEST_ITEMS_PER_CLASS = 20;

  /** Items that a campaign needs at least. */
  public static long fewestItems(long classes) {
    return Math.max(FEWEST_ITEMS, classes * FEWEST_ITEMS_PER_CLASS);
  }

  /** Why a campaign on so many items is not worth simulating; empty when it is. */
  public static Optional<String> tooFew(int items, int classes) {
    long fewest = fewestItems(classes);
    return items >= fewest
        ? Optional.empty()
        : Optional.of(
            "A model needs at least %,d items for these labels, and there are %,d: a job on them is worked by hand, and people label all."
                .formatted(fewest, items));
  }

  /**
   * Single answers that a simulation may ask for when nobody says how many: those of a fifth of the
   * items, but of 600 at least, and never of more than there are.
   */
  public static int usualBudget(int items, int answersPerItem) {
    return Math.min(items, Math.max(items / 5, 2 * FEWEST_ITEMS)) * answersPerItem;
  }

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
    check(patience >= 1, "patience must be at least one round");
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
   * <p>The random start is 1 % of the items, held between 20 per class and 1,000, and never more
   * than a quarter of what the budget buys; a batch is a twentieth of what it buys, 20 to 1,000.
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
    int start = Math.min(1000, Math.max(20 * classes, items / 100));
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
        usualBatch(budget, answersPerItem),
        Math.max(20, Math.min(50, affordable / 100)),
        60,
        1,
        USUAL_PATIENCE,
        "margin",
        seed);
  }

  /** Items of a round by default: a twentieth of what the budget buys, 20 to 1,000. */
  public static int usualBatch(int budget, int answersPerItem) {
    return Math.max(20, Math.min(1000, Math.max(8, budget / answersPerItem) / 20));
  }

  /** A copy that may be changed. */
  public Builder change() {
    return new Builder(this);
  }

  /** Settings under change; each method returns the builder itself. */
  public static final class Builder {
    private final CampaignSettings from;
    private Scope scope;
    private Double humanError;
    private int budget;
    private int randomStart;
    private int batch;
    private int auditBatch;
    private int maximumRounds;
    private double coverage;
    private int patience;
    private String strategy;

    private Builder(CampaignSettings from) {
      this.from = from;
      scope = from.scope;
      humanError = from.humanError;
      budget = from.budget;
      randomStart = from.randomStart;
      batch = from.batch;
      auditBatch = from.auditBatch;
      maximumRounds = from.maximumRounds;
      coverage = from.coverage;
      patience = from.patience;
      strategy = from.strategy;
    }

    /** Promises the finished dataset, given how often people are wrong at most. */
    public Builder wholeDataset(double humanErrorAtMost) {
      scope = Scope.DATASET;
      humanError = humanErrorAtMost;
      return this;
    }

    /** Most single answers, audit included; batches stay as they are. */
    public Builder budget(int answers) {
      budget = answers;
      return this;
    }

    /** Items drawn at random before there is a model. */
    public Builder randomStart(int count) {
      randomStart = count;
      return this;
    }

    /** Items asked per round. */
    public Builder batch(int count) {
      batch = count;
      return this;
    }

    /** Items drawn per look of an audit. */
    public Builder auditBatch(int count) {
      auditBatch = count;
      return this;
    }

    /** Most turns of the loop. */
    public Builder maximumRounds(int count) {
      maximumRounds = count;
      return this;
    }

    /** Share of items with a label that is enough. */
    public Builder coverage(double share) {
      coverage = share;
      return this;
    }

    /** Rounds without progress that end the campaign. */
    public Builder patience(int rounds) {
      patience = rounds;
      return this;
    }

    /** Name of a sampling strategy. */
    public Builder strategy(String name) {
      strategy = name;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming what is out of range
     */
    public CampaignSettings done() {
      return new CampaignSettings(
          from.items,
          from.classes,
          from.multiLabel,
          from.target,
          from.risk,
          scope,
          humanError,
          budget,
          from.answersPerItem,
          randomStart,
          batch,
          auditBatch,
          maximumRounds,
          coverage,
          patience,
          strategy,
          from.seed);
    }
  }
}
