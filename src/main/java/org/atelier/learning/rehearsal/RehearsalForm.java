package org.atelier.learning.rehearsal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.UUID;
import java.util.function.Function;
import org.atelier.platform.ProblemException;

/** What was typed into the form, kept as typed; shares in percent. */
record RehearsalForm(
    String dataset,
    String target,
    String risk,
    boolean wholeDataset,
    String budget,
    String batch,
    String answersPerItem,
    String mostAnswersPerItem,
    String labelerError,
    String confusion,
    String strategy,
    String price,
    String currency,
    String seed,
    String field,
    String problem) {

  static RehearsalForm fresh(UUID dataset) {
    return new RehearsalForm(
        dataset == null ? "" : dataset.toString(),
        "95",
        "5",
        false,
        "",
        "",
        "1",
        "3",
        "0",
        "",
        "",
        "0.08",
        "EUR",
        "1",
        null,
        null);
  }

  /** What was asked for before, to change and ask again. */
  static RehearsalForm again(RehearsalSettings before) {
    return new RehearsalForm(
        before.datasetId() + "/" + before.datasetVersion(),
        percent(before.target()),
        percent(before.risk()),
        before.wholeDataset(),
        before.budget() == null ? "" : before.budget().toString(),
        before.batch() == null ? "" : before.batch().toString(),
        Integer.toString(before.answersPerItem()),
        Integer.toString(before.mostAnswers()),
        percent(before.labelerError()),
        before.confusion() == null ? "" : before.confusion(),
        before.strategy() == null ? "" : before.strategy(),
        before.price().toPlainString(),
        before.currency() == null ? "" : before.currency(),
        Long.toString(before.seed()),
        null,
        null);
  }

  /** A share in percent with no more digits than it has. */
  static String percent(double share) {
    return BigDecimal.valueOf(share)
        .movePointRight(2)
        .round(new MathContext(10))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Whether this is the chosen version: the named one, or the newest of the named dataset. */
  public boolean chose(RehearsalChoice choice) {
    return choice.value().equals(dataset)
        || choice.newest() && choice.id().toString().equals(dataset);
  }

  RehearsalForm refused(String wrongField, String message) {
    return new RehearsalForm(
        dataset,
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
        seed,
        wrongField,
        message);
  }

  /** Whether the message belongs to this field. */
  public boolean wrong(String name) {
    return name.equals(field);
  }

  /**
   * Reads the texts as numbers.
   *
   * @throws ProblemException naming the field that is no number
   */
  RehearsalSettings settings() {
    String[] chosen = dataset == null ? new String[0] : dataset.split("/");
    if (chosen.length != 2) {
      throw ProblemException.invalid("dataset", "Choose a dataset.");
    }
    return new RehearsalSettings(
        read("dataset", chosen[0], UUID::fromString),
        read("dataset", chosen[1], Integer::valueOf),
        read("target", target, Double::valueOf) / 100,
        read("risk", risk, Double::valueOf) / 100,
        wholeDataset,
        optional("budget", budget),
        optional("batch", batch),
        read("answersPerItem", answersPerItem, Integer::valueOf),
        optional("mostAnswersPerItem", mostAnswersPerItem),
        read("labelerError", labelerError, Double::valueOf) / 100,
        confusion == null ? "" : confusion,
        strategy,
        read("price", price, BigDecimal::new),
        currency == null || currency.isBlank() ? "EUR" : currency.strip(),
        read("seed", seed, Long::valueOf));
  }

  private static Integer optional(String name, String text) {
    return text == null || text.isBlank() ? null : read(name, text, Integer::valueOf);
  }

  private static <T> T read(String name, String text, Function<String, T> parse) {
    try {
      return parse.apply(text == null ? "" : text.strip());
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(name, "This is not a number that can be used here.");
    }
  }
}
