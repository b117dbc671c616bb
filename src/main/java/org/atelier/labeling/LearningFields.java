package org.atelier.labeling;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The fields of a job's form that are options of learning; an empty field is the usual value. */
final class LearningFields {

  private static final Set<String> SHOWN =
      Set.of(
          EarlierModels.OPTION,
          LearningOptions.FEATURES,
          LearningOptions.STRATEGY,
          LearningOptions.PATIENCE,
          LearningOptions.COVERAGE);

  private LearningFields() {}

  /** Puts options into the fields that show them. */
  static void show(Map<String, Object> options, Map<String, String> fields) {
    fields.put(EarlierModels.OPTION, text(options.get(EarlierModels.OPTION)));
    fields.put(LearningOptions.FEATURES, text(options.get(LearningOptions.FEATURES)));
    fields.put(LearningOptions.STRATEGY, text(options.get(LearningOptions.STRATEGY)));
    fields.put(LearningOptions.PATIENCE, text(options.get(LearningOptions.PATIENCE)));
    fields.put(
        LearningOptions.COVERAGE,
        options.get(LearningOptions.COVERAGE) instanceof Number share
            ? plain(new BigDecimal(share.toString()).movePointRight(2))
            : "");
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /**
   * Reads the fields.
   *
   * @param kept options before; those whose field is not on the page stay, those that no form has a
   *     field for go, since nobody could take them out
   * @param blame hears field and sentence of what cannot be read
   */
  static Map<String, Object> read(
      Map<String, String> fields, Map<String, Object> kept, BiConsumer<String, String> blame) {
    Map<String, Object> options = new HashMap<>(kept);
    options.keySet().retainAll(SHOWN);
    for (String name :
        new String[] {EarlierModels.OPTION, LearningOptions.FEATURES, LearningOptions.STRATEGY}) {
      String typed = fields.get(name);
      put(options, name, typed, typed);
    }
    String coverage = fields.get(LearningOptions.COVERAGE);
    String patience = fields.get(LearningOptions.PATIENCE);
    try {
      put(options, LearningOptions.COVERAGE, coverage, filled(coverage) ? share(coverage) : null);
    } catch (NumberFormatException e) {
      blame.accept(LearningOptions.COVERAGE, "Write a number above 0 and at most 100.");
    }
    try {
      put(
          options,
          LearningOptions.PATIENCE,
          patience,
          filled(patience) ? (Object) Integer.parseInt(patience.strip()) : null);
    } catch (NumberFormatException e) {
      blame.accept(LearningOptions.PATIENCE, "Write a whole number from 1 to 100.");
    }
    return options;
  }

  private static boolean filled(String typed) {
    return typed != null && !typed.isBlank();
  }

  private static Double share(String percent) {
    return new BigDecimal(percent.strip().replace(',', '.')).movePointLeft(2).doubleValue();
  }

  private static void put(Map<String, Object> options, String name, String typed, Object value) {
    if (filled(typed)) {
      options.put(name, value);
    } else if (typed != null) {
      options.remove(name);
    }
  }
}
