package org.atelier.labeling;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.labeling.consolidation.ConsolidationMethod;
import org.atelier.labeling.consolidation.ConsolidationMethods;

/** What settings must keep to; each breach is one sentence under the name of its field. */
final class JobRules {

  private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");

  /** Labels of a job with confusions: 256 people take half of what an estimate may. */
  private static final int MOST_CONFUSED = 300;

  private static final int MOST_LABELS = 1_000;
  private static final int MOST_EXAMPLES = 6;

  private final Map<String, String> breaches = new LinkedHashMap<>();

  private JobRules() {}

  /** Field names and what is wrong with them, in the order of the form; empty when all is well. */
  static Map<String, String> breaches(JobSettings settings) {
    JobRules rules = new JobRules();
    rules.title(settings);
    rules.labels(settings);
    rules.answering(settings);
    rules.learning(settings.learning());
    rules.wholeDataset(settings);
    rules.budget(settings.budget());
    return rules.breaches;
  }

  private void breach(boolean broken, String field, String sentence) {
    if (broken) {
      breaches.putIfAbsent(field, sentence);
    }
  }

  private void title(JobSettings settings) {
    String title = settings.title();
    breach(
        title == null || title.isBlank() || title.length() > 200,
        "title",
        "Give the job a title of 1 to 200 characters.");
    breach(settings.datasetId() == null, "dataset", "Choose a dataset.");
    breach(settings.taskType() == null, "taskType", "Choose how many labels an item may have.");
    breach(
        settings.instructions() == null || settings.instructions().length() > 50_000,
        "instructions",
        "Instructions have at most 50,000 characters.");
  }

  private void labels(JobSettings settings) {
    List<LabelDefinition> labels = settings.labels();
    breach(labels.isEmpty(), "labels", "Give at least one label.");
    if (labels.size() > MOST_LABELS) {
      breach(true, "labels", "A label set has at most 1,000 labels.");
      return;
    }
    Set<String> names = new HashSet<>();
    Set<String> shortcuts = new HashSet<>();
    Set<Integer> groups = new HashSet<>();
    for (int index = 0; index < labels.size(); index++) {
      LabelDefinition label = labels.get(index);
      label(label, index);
      key(label.shortcut(), index, labels);
      breach(
          !names.add(String.valueOf(label.name())),
          field(index, "name"),
          "The label “%.100s” is there twice.".formatted(label.name()));
      String key = label.shortcut();
      if (key != null && !shortcuts.add(key.toLowerCase(Locale.ROOT))) {
        breach(
            true,
            field(index, "shortcut"),
            "The key “%.10s” belongs to two labels. %s".formatted(key, LabelKeys.free(labels)));
      }
      if (label.parent() != null) {
        groups.add(label.parent());
      }
    }
    boolean single = settings.taskType() == TaskType.SINGLE;
    breach(
        single && labels.size() - groups.size() < 2,
        "labels",
        "With one label per item there must be at least two to choose from.");
  }

  /** The name under which something of one label is blamed, as in the JSON; the first is 0. */
  static String field(int index, String part) {
    return "labels." + index + "." + part;
  }

  private void label(LabelDefinition label, int index) {
    String name = label.name();
    breach(
        name == null || name.isBlank() || name.length() > 100,
        field(index, "name"),
        "Give the label a name of 1 to 100 characters.");
    breach(
        label.color() != null && !COLOR.matcher(label.color()).matches(),
        field(index, "color"),
        "Write the colour as #RRGGBB.");
    breach(
        label.description() != null && label.description().length() > 2_000,
        field(index, "description"),
        "A description has at most 2,000 characters.");
    breach(
        label.parent() != null && (label.parent() < 0 || label.parent() >= index),
        field(index, "parent"),
        "The label above it must come before it.");
    breach(
        label.examples().size() + label.examplePictures().size() > MOST_EXAMPLES,
        field(index, "examples"),
        "Show at most 6 examples.");
  }

  private void key(String key, int index, List<LabelDefinition> labels) {
    if (key == null) {
      return;
    }
    boolean one = key.codePointCount(0, key.length()) == 1 && !key.isBlank();
    breach(!one, field(index, "shortcut"), "A key is one character.");
    if (one && LabelKeys.isCommand(key)) {
      breach(
          true,
          field(index, "shortcut"),
          "The key “%s” does something else on the work page. %s"
              .formatted(key, LabelKeys.free(labels)));
    }
  }

  private void answering(JobSettings settings) {
    JobSettings.Answering answering = settings.answering();
    breach(
        answering.perItem() < 1 || answering.perItem() > 9,
        "answersPerItem",
        "Ask 1 to 9 people per item.");
    breach(
        answering.most() < answering.perItem() || answering.most() > 9,
        "mostAnswersPerItem",
        "The most answers per item lie between the answers per item and 9.");
    breach(
        ConsolidationMethods.named(String.valueOf(answering.method())).isEmpty(),
        "method",
        "There is no such method of consolidation; there are "
            + ConsolidationMethods.all().stream()
                .map(ConsolidationMethod::name)
                .collect(Collectors.joining(", "))
            + ".");
    breach(
        "dawid-skene".equals(answering.method())
            && settings.taskType() == TaskType.SINGLE
            && settings.labels().size() > MOST_CONFUSED,
        "method",
        "Dawid–Skene learns which label each person takes for which other one. With more than "
            + MOST_CONFUSED
            + " labels that is too much to learn: consolidate by majority.");
    breach(
        answering.submitOnChoice() && settings.taskType() == TaskType.MULTI,
        "submitOnChoice",
        "Choosing can submit only when an item has one label.");
    breach(
        answering.leaseSeconds() < 30 || answering.leaseSeconds() > 28_800,
        "leaseSeconds",
        "A task is kept for 30 seconds to 8 hours.");
    breach(
        answering.graceSeconds() < 0 || answering.graceSeconds() > 300,
        "graceSeconds",
        "An answer can be undone for at most 300 seconds.");
  }

  /** What is promised for the whole dataset rests on how often people agree, asked blind. */
  private void wholeDataset(JobSettings settings) {
    boolean whole =
        settings.learning().enabled() && settings.learning().scope() == GuaranteeScope.DATASET;
    breach(
        whole && settings.workers().size() == 1,
        "scope",
        "A promise for the whole dataset needs a second person, who answers part of the items"
            + " again: let more people work on the job, or promise it for the model's labels"
            + " alone.");
    breach(
        whole && settings.answering().showSuggestions(),
        "scope",
        "A promise for the whole dataset needs answers of people who do not see what the model"
            + " says: switch suggestions off, or promise it for the model's labels alone.");
  }

  private void learning(JobSettings.Learning learning) {
    breach(
        !(learning.target() > 0.5 && learning.target() < 1),
        "target",
        "The target lies above 50 % and below 100 %.");
    breach(
        !(learning.risk() > 0 && learning.risk() <= 0.5),
        "risk",
        "The risk lies above 0 % and is at most 50 %.");
    breach(learning.scope() == null, "scope", "Choose what the target is promised for.");
    breach(
        learning.batchSize() != 0 && (learning.batchSize() < 10 || learning.batchSize() > 5_000),
        "batchSize",
        "A round asks for 10 to 5,000 items; empty, for as many as the budget suggests.");
  }

  private void budget(JobSettings.Budget budget) {
    breach(
        budget.answers() != null && budget.answers() < 1,
        "budgetAnswers",
        "The most answers must be at least 1, or empty for no limit.");
    breach(
        budget.rounds() != null && budget.rounds() < 1,
        "budgetRounds",
        "The most rounds must be at least 1, or empty for no limit.");
    BigDecimal price = budget.answerPrice();
    breach(
        price != null
            && (price.signum() < 0
                || price.scale() > 4
                || price.compareTo(BigDecimal.valueOf(99_999_999)) > 0),
        "answerPrice",
        "A price is not negative and has at most four decimals.");
    breach(
        price != null && !isCurrency(budget.currency()),
        "currency",
        "Give the currency as three letters such as EUR.");
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(currency -> currency.getCurrencyCode().equals(code));
  }
}
