package org.atelier.learning.rehearsal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.atelier.platform.ProblemException;

/**
 * What was typed into the form, kept as typed; shares in percent.
 *
 * @param problems what is wrong, by field
 */
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
    Map<String, String> problems) {

  private static final UUID NONE = new UUID(0, 0);

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
        Map.of());
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
        Map.of());
  }

  /** A share in percent with no more digits than it has. */
  static String percent(double share) {
    return BigDecimal.valueOf(share)
        .movePointRight(2)
        .round(new MathContext(10))
        .stripTrailingZeros()
        .toPlainString();
  }

  RehearsalForm refused(Map<String, String> wrong) {
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
        Map.copyOf(wrong));
  }

  /** Whether something is wrong with a field. */
  public boolean wrong(String name) {
    return problems.containsKey(name);
  }

  /** What is wrong with a field, null when nothing is. */
  public String problem(String name) {
    return problems.get(name);
  }

  /** Whether something is wrong with a field that is folded away. */
  public boolean wrongBelow() {
    return wrong("batch") || wrong("strategy") || wrong("seed") || wrong("confusion");
  }

  /**
   * Reads the texts as numbers.
   *
   * @throws ProblemException naming every field that is no number or out of its range
   */
  RehearsalSettings settings() {
    Map<String, String> wrong = new LinkedHashMap<>();
    String[] chosen = dataset == null ? new String[0] : dataset.split("/");
    if (chosen.length != 2) {
      wrong.put("dataset", "Choose a dataset.");
    }
    Reader reader = new Reader(wrong);
    RehearsalSettings settings =
        new RehearsalSettings(
            chosen.length == 2 ? reader.read("dataset", chosen[0], UUID::fromString, NONE) : NONE,
            chosen.length == 2 ? reader.read("dataset", chosen[1], Integer::valueOf, 1) : 1,
            reader.read("target", target, Double::valueOf, 95.0) / 100,
            reader.read("risk", risk, Double::valueOf, 5.0) / 100,
            wholeDataset,
            reader.optional("budget", budget),
            reader.optional("batch", batch),
            reader.read("answersPerItem", answersPerItem, Integer::valueOf, 1),
            reader.optional("mostAnswersPerItem", mostAnswersPerItem),
            reader.read("labelerError", labelerError, Double::valueOf, 0.0) / 100,
            confusion == null ? "" : confusion,
            strategy,
            reader.read("price", price, BigDecimal::new, BigDecimal.ZERO),
            currency == null || currency.isBlank() ? "EUR" : currency.strip(),
            reader.read("seed", seed, Long::valueOf, 1L));
    settings.breaches().forEach(wrong::putIfAbsent);
    RehearsalSettings.refuse(wrong);
    return settings;
  }

  /** Reads texts; what cannot be read is noted, and a value in range stands in for it. */
  private record Reader(Map<String, String> wrong) {

    Integer optional(String name, String text) {
      return text == null || text.isBlank() ? null : read(name, text, Integer::valueOf, null);
    }

    <T> T read(String name, String text, Function<String, T> parse, T otherwise) {
      try {
        return parse.apply(text == null ? "" : text.strip());
      } catch (IllegalArgumentException e) {
        wrong.put(name, "This is not a number that can be used here.");
        return otherwise;
      }
    }
  }
}
