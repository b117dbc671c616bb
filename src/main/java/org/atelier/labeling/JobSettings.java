package org.atelier.labeling;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a manager decides about a job.
 *
 * @param title 1 to 200 characters
 * @param labels 1 to 1,000, at least two that can be chosen for single-label; index = class index
 * @param instructions Markdown, up to 50,000 characters, shown sanitised
 * @param workers people who may work on it; empty means every labeler of the project
 */
public record JobSettings(
    String title,
    UUID datasetId,
    int datasetVersion,
    TaskType taskType,
    List<LabelDefinition> labels,
    String instructions,
    Set<UUID> workers,
    Answering answering,
    Learning learning,
    Budget budget) {

  public JobSettings {
    labels = List.copyOf(labels);
    workers = Set.copyOf(workers);
  }

  /** The label names, in the order of their class indexes. */
  public List<String> classNames() {
    return labels.stream().map(LabelDefinition::name).toList();
  }

  /**
   * How people answer.
   *
   * @param perItem answers per item, 1 to 9
   * @param most answers per item when they disagree, perItem to 9
   * @param method name of a consolidation method
   * @param submitOnChoice whether choosing a label submits (single-label only)
   * @param showSuggestions whether the model's label is shown before the answer; never on items
   *     drawn at random
   * @param leaseSeconds how long a task is kept for a person, 30 to 28,800
   * @param graceSeconds how long an answer can be undone, 0 to 300
   */
  public record Answering(
      int perItem,
      int most,
      String method,
      boolean submitOnChoice,
      boolean showSuggestions,
      int leaseSeconds,
      int graceSeconds) {

    /** One answer per item, submitted on choice, ten minutes per task, ten seconds to undo. */
    public static Answering defaults() {
      return new Answering(1, 3, "majority", true, false, 600, 10);
    }
  }

  /**
   * What the machine may do.
   *
   * @param enabled false: people label every item
   * @param target accuracy of the accepted labels, above 0.5 and below 1
   * @param risk probability that the promise does not hold, above 0 and at most 0.5
   * @param batchSize items asked of people in one round, 10 to 5,000; 0: a twentieth of what the
   *     budget buys, 20 to 1,000
   * @param options further settings, read by the learning feature alone
   */
  public record Learning(
      boolean enabled,
      double target,
      GuaranteeScope scope,
      double risk,
      int batchSize,
      Map<String, Object> options) {

    public Learning {
      options = options == null ? Map.of() : Map.copyOf(options);
    }

    /** 95 % of the machine labels right, at 5 % risk, rounds by the budget. */
    public static Learning defaults() {
      return new Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, 0, Map.of());
    }

    /** No machine labels. */
    public static Learning byHand() {
      return new Learning(false, 0.95, GuaranteeScope.MACHINE, 0.05, 0, Map.of());
    }
  }

  /**
   * What the job may cost.
   *
   * @param answers most single answers, null without limit
   * @param rounds most rounds, null without limit
   * @param answerPrice price of one answer, not negative, up to four decimals; null when unknown
   * @param currency ISO 4217 code, null without a price
   */
  public record Budget(
      Integer answers, Integer rounds, java.math.BigDecimal answerPrice, String currency) {

    /** No limits, no price. */
    public static Budget unlimited() {
      return new Budget(null, null, null, null);
    }
  }
}
