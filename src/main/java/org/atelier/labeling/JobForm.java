package org.atelier.labeling;

import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A job's settings as typed in the form. Labels are lines: two spaces before a name put it below
 * the line above, and after a name may follow, separated by |, key, colour and description.
 */
final class JobForm {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> workers = new HashSet<>();
  private final Map<String, String> problems = new LinkedHashMap<>();

  private JobForm() {}

  /** The form for a new job. */
  static JobForm fresh(String dataset, String labels) {
    JobForm form = new JobForm();
    form.read(
        new JobSettings(
            "",
            null,
            1,
            TaskType.SINGLE,
            List.of(),
            "",
            Set.of(),
            JobSettings.Answering.defaults(),
            JobSettings.Learning.defaults(),
            JobSettings.Budget.unlimited()));
    form.values.put("dataset", dataset == null ? "" : dataset);
    form.values.put("labels", labels);
    return form;
  }

  static JobForm of(JobSettings settings) {
    JobForm form = new JobForm();
    form.read(settings);
    return form;
  }

  static JobForm typed(MultivaluedMap<String, String> fields) {
    JobForm form = new JobForm();
    fields.forEach((name, all) -> form.values.put(name, all.isEmpty() ? "" : all.get(0)));
    form.workers.addAll(fields.getOrDefault("workers", List.of()));
    for (String box : List.of("submitOnChoice", "showSuggestions", "learning")) {
      form.values.putIfAbsent(box, "");
    }
    return form;
  }

  private void read(JobSettings settings) {
    JobSettings.Answering answering = settings.answering();
    JobSettings.Learning learning = settings.learning();
    JobSettings.Budget budget = settings.budget();
    values.put("title", settings.title());
    values.put("dataset", settings.datasetId() + "/" + settings.datasetVersion());
    values.put("taskType", settings.taskType().name());
    values.put("labels", lines(settings.labels()));
    values.put("instructions", settings.instructions());
    settings.workers().forEach(worker -> workers.add(worker.toString()));
    values.put("who", settings.workers().isEmpty() ? "everyone" : "chosen");
    values.put("perItem", String.valueOf(answering.perItem()));
    values.put("most", String.valueOf(answering.most()));
    values.put("method", answering.method());
    values.put("submitOnChoice", answering.submitOnChoice() ? "on" : "");
    values.put("showSuggestions", answering.showSuggestions() ? "on" : "");
    values.put("leaseMinutes", plain(BigDecimal.valueOf(answering.leaseSeconds() / 60.0)));
    values.put("graceSeconds", String.valueOf(answering.graceSeconds()));
    values.put("learning", learning.enabled() ? "on" : "");
    values.put("target", percent(learning.target()));
    values.put("scope", learning.scope().name());
    values.put("risk", percent(learning.risk()));
    values.put("batchSize", String.valueOf(learning.batchSize()));
    Object start = learning.options().get(EarlierModels.OPTION);
    values.put(EarlierModels.OPTION, start == null ? "" : start.toString());
    values.put("budgetAnswers", text(budget.answers()));
    values.put("budgetRounds", text(budget.rounds()));
    values.put("answerPrice", budget.answerPrice() == null ? "" : plain(budget.answerPrice()));
    values.put("currency", budget.currency() == null ? "EUR" : budget.currency());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String percent(double share) {
    return plain(BigDecimal.valueOf(share).movePointRight(2));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** What was typed in a field; empty when nothing. */
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** Whether a choice is on. */
  public boolean is(String field, String value) {
    return value(field).equals(value);
  }

  public boolean on(String field) {
    return !value(field).isEmpty();
  }

  public boolean chosen(UUID person) {
    return workers.contains(person.toString());
  }

  /** What is wrong with a field, or null. */
  public String problem(String field) {
    return problems.get(field);
  }

  public boolean hasProblems() {
    return !problems.isEmpty();
  }

  public Map<String, String> problems() {
    return problems;
  }

  void blame(String field, String sentence) {
    problems.putIfAbsent(field, sentence);
  }

  /**
   * Reads the settings out of what was typed; numbers that are none are remembered as problems and
   * replaced by defaults.
   *
   * @param kept settings whose parts the form does not show (examples, options), or null
   */
  JobSettings settings(JobSettings kept) {
    String[] dataset = value("dataset").split("/");
    boolean multi = is("taskType", "MULTI");
    JobSettings.Answering answering = JobSettings.Answering.defaults();
    return new JobSettings(
        value("title").strip(),
        dataset.length == 2 ? id("dataset", dataset[0]) : null,
        dataset.length == 2 ? number("dataset", dataset[1], 1) : 1,
        multi ? TaskType.MULTI : TaskType.SINGLE,
        parse(value("labels"), kept == null ? List.of() : kept.labels()),
        value("instructions"),
        people(),
        new JobSettings.Answering(
            number("perItem", value("perItem"), 1),
            Math.max(number("most", value("most"), 3), number("perItem", value("perItem"), 1)),
            value("method"),
            on("submitOnChoice") && !multi,
            on("showSuggestions"),
            (int) (60 * decimal("leaseMinutes", answering.leaseSeconds() / 60.0)),
            number("graceSeconds", value("graceSeconds"), answering.graceSeconds())),
        new JobSettings.Learning(
            on("learning"),
            decimal("target", 95) / 100,
            is("scope", "DATASET") ? GuaranteeScope.DATASET : GuaranteeScope.MACHINE,
            decimal("risk", 5) / 100,
            number("batchSize", value("batchSize"), 500),
            options(kept)),
        budget());
  }

  private Map<String, Object> options(JobSettings kept) {
    Map<String, Object> options =
        new HashMap<>(kept == null ? Map.of() : kept.learning().options());
    String start = value(EarlierModels.OPTION);
    if (start.isBlank()) {
      options.remove(EarlierModels.OPTION);
    } else {
      options.put(EarlierModels.OPTION, start);
    }
    return options;
  }

  private JobSettings.Budget budget() {
    String price = value("answerPrice").strip();
    BigDecimal amount = null;
    try {
      amount = price.isEmpty() ? null : new BigDecimal(price.replace(',', '.'));
    } catch (NumberFormatException e) {
      blame("answerPrice", "Write the price as a number, such as 0.08.");
    }
    return new JobSettings.Budget(
        optional("budgetAnswers"),
        optional("budgetRounds"),
        amount,
        amount == null ? null : value("currency").strip());
  }

  private Set<UUID> people() {
    if (is("who", "everyone")) {
      return Set.of();
    }
    Set<UUID> people = new HashSet<>();
    for (String worker : workers) {
      UUID id = id("workers", worker);
      if (id != null) {
        people.add(id);
      }
    }
    if (is("who", "chosen") && people.isEmpty()) {
      blame("workers", "Choose at least one person, or let every labeler work on it.");
    }
    return people;
  }

  private UUID id(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      blame(field, "Choose one from the list.");
      return null;
    }
  }

  private Integer optional(String field) {
    return value(field).isBlank() ? null : number(field, value(field), 1);
  }

  private int number(String field, String text, int otherwise) {
    try {
      return Integer.parseInt(text.strip().replace(",", ""));
    } catch (NumberFormatException e) {
      blame(field, "Write a whole number.");
      return otherwise;
    }
  }

  private double decimal(String field, double otherwise) {
    try {
      return new BigDecimal(value(field).strip().replace(',', '.')).doubleValue();
    } catch (NumberFormatException e) {
      blame(field, "Write a number.");
      return otherwise;
    }
  }

  /** Labels as lines of the form. */
  static String lines(List<LabelDefinition> labels) {
    StringBuilder text = new StringBuilder();
    List<Integer> depths = new ArrayList<>();
    for (LabelDefinition label : labels) {
      int depth = label.parent() == null ? 0 : depths.get(label.parent()) + 1;
      depths.add(depth);
      text.append("  ".repeat(depth)).append(label.name());
      List<String> parts =
          Arrays.asList(text(label.shortcut()), text(label.color()), text(label.description()));
      int last = parts.size();
      while (last > 0 && parts.get(last - 1).isEmpty()) {
        last--;
      }
      for (String part : parts.subList(0, last)) {
        text.append(" | ").append(part.replace('\n', ' '));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Reads labels from lines; examples are taken over from earlier labels of the same name. */
  static List<LabelDefinition> parse(String text, List<LabelDefinition> earlier) {
    Map<String, List<UUID>> examples = new HashMap<>();
    earlier.forEach(label -> examples.put(label.name(), label.examples()));
    List<LabelDefinition> labels = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    for (String line : text.split("\\R")) {
      if (line.isBlank()) {
        continue;
      }
      String expanded = line.replace("\t", "  ");
      int depth = (expanded.length() - expanded.stripLeading().length()) / 2;
      Integer parent = null;
      for (int above = labels.size() - 1; above >= 0 && depth > 0 && parent == null; above--) {
        parent = depths.get(above) < depth ? above : null;
      }
      depths.add(parent == null ? 0 : depths.get(parent) + 1);
      String[] parts = line.strip().split("\\s*\\|\\s*", 4);
      labels.add(
          new LabelDefinition(
              parts[0],
              part(parts, 2),
              part(parts, 1),
              part(parts, 3),
              parent,
              examples.getOrDefault(parts[0], List.of())));
    }
    return labels;
  }

  private static String part(String[] parts, int at) {
    return parts.length > at && !parts[at].isBlank() ? parts[at].strip() : null;
  }
}
