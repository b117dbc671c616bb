package org.atelier.labeling;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.dataset.ItemKind;

/** SPI: a bean that knows what {@link JobSettings.Learning#options()} may hold. */
public interface LearningOptions {

  /** Option: how items become numbers, a name; absent: as usual for the kind of items. */
  String FEATURES = "features";

  /** Option: how the items that people are asked about are chosen, a name. */
  String STRATEGY = "strategy";

  /** Option: share of items with a label at which learning is content, above 0 and at most 1. */
  String COVERAGE = "coverage";

  /** Option: rounds without progress after which learning stops, 1 to 100. */
  String PATIENCE = "patience";

  /**
   * What is wrong, one sentence by the option's name after {@code options.}; empty when all is
   * well.
   *
   * @param kind of the items to learn from
   */
  Map<String, String> breaches(Map<String, Object> options, ItemKind kind);

  /** The option that a field of {@link #breaches} is about. */
  static String named(String field) {
    return field.replaceFirst("^options\\.", "");
  }

  /** What may be chosen for options that have a list; of each option the usual choice first. */
  List<Choice> choices();

  /**
   * A value of an option.
   *
   * @param title two or three words
   * @param words one line of what it does
   * @param kinds items it can be chosen for
   */
  record Choice(String option, String value, String title, String words, Set<ItemKind> kinds) {

    /** Copies. */
    public Choice {
      kinds = Set.copyOf(kinds);
    }
  }
}
