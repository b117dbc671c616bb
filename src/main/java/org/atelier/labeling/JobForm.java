package org.atelier.labeling;

import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A job's settings as typed in the form. Labels are rows; lines in the field for pasting come
 * behind them.
 */
final class JobForm {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> workers = new HashSet<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private LabelRows rows = LabelRows.of(List.of());

  private static final Map<String, String> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("title", "Title");
    FIELDS.put("dataset", "Dataset");
    FIELDS.put("taskType", "Labels per item");
    FIELDS.put("instructions", "Instructions");
    FIELDS.put("learning", "A model labels");
    FIELDS.put("target", "Right labels promised, %");
    FIELDS.put("scope", "Promised for");
    FIELDS.put("risk", "Risk, %");
    FIELDS.put("batchSize", "Items per round");
    FIELDS.put(LearningOptions.FEATURES, "Features");
    FIELDS.put(LearningOptions.STRATEGY, "Which items people are asked about");
    FIELDS.put(LearningOptions.COVERAGE, "Enough items with a label, %");
    FIELDS.put(LearningOptions.PATIENCE, "Rounds without progress");
    FIELDS.put("who", "Who labels");
    FIELDS.put("answersPerItem", "Answers per item");
    FIELDS.put("mostAnswersPerItem", "Most answers when people disagree");
    FIELDS.put("method", "Consolidation");
    FIELDS.put("leaseMinutes", "Minutes a task is kept");
    FIELDS.put("graceSeconds", "Seconds to undo");
    FIELDS.put("submitOnChoice", "Choosing sends");
    FIELDS.put("showSuggestions", "The model's label is shown");
    FIELDS.put("budgetAnswers", "Most answers");
    FIELDS.put("budgetRounds", "Most rounds");
    FIELDS.put("answerPrice", "Price of one answer");
    FIELDS.put("currency", "Currency");
  }

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
    form.rows = LabelRows.parse(labels);
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
    form.rows = LabelRows.of(typedRows(fields));
    return form;
  }

  /** The rows in the order of the page; each has all of the fields. */
  private static List<LabelRow> typedRows(MultivaluedMap<String, String> fields) {
    List<String> names = fields.getOrDefault("labelName", List.of());
    List<LabelRow> rows = new ArrayList<>();
    for (int at = 0; at < names.size(); at++) {
      String examples = typed(fields, "labelExamples", at);
      rows.add(
          new LabelRow(
              names.get(at),
              typed(fields, "labelKey", at),
              typed(fields, "labelColor", at),
              typed(fields, "labelDescription", at),
              depth(typed(fields, "labelDepth", at)),
              examples.isBlank() ? List.of() : List.of(examples.strip().split("[\\s,]+"))));
    }
    return rows;
  }

  private static String typed(MultivaluedMap<String, String> fields, String name, int at) {
    List<String> all = fields.getOrDefault(name, List.of());
    return at < all.size() ? all.get(at) : "";
  }

  private static int depth(String text) {
    return text.matches("\\d{1,2}") ? Integer.parseInt(text) : 0;
  }

  private void read(JobSettings settings) {
    JobSettings.Answering answering = settings.answering();
    JobSettings.Learning learning = settings.learning();
    JobSettings.Budget budget = settings.budget();
    values.put("title", settings.title());
    values.put("dataset", settings.datasetId() + "/" + settings.datasetVersion());
    values.put("taskType", settings.taskType().name());
    rows = LabelRows.of(settings);
    values.put("instructions", settings.instructions());
    settings.workers().forEach(worker -> workers.add(worker.toString()));
    values.put("who", settings.workers().isEmpty() ? "everyone" : "chosen");
    values.put("answersPerItem", String.valueOf(answering.perItem()));
    values.put("mostAnswersPerItem", String.valueOf(answering.most()));
    values.put("method", answering.method());
    values.put("submitOnChoice", answering.submitOnChoice() ? "on" : "");
    values.put("showSuggestions", answering.showSuggestions() ? "on" : "");
    values.put("leaseMinutes", plain(BigDecimal.valueOf(answering.leaseSeconds() / 60.0)));
    values.put("graceSeconds", String.valueOf(answering.graceSeconds()));
    values.put("learning", learning.enabled() ? "on" : "");
    values.put("target", percent(learning.target()));
    values.put("scope", learning.scope().name());
    values.put("risk", percent(learning.risk()));
    values.put("batchSize", learning.batchSize() == 0 ? "" : String.valueOf(learning.batchSize()));
    LearningFields.show(learning.options(), values);
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

  /** Whether the options under "More" say anything, so that they are shown unfolded. */
  public boolean asksMore() {
    return java.util.stream.Stream.of(
            LearningOptions.FEATURES,
            LearningOptions.STRATEGY,
            LearningOptions.COVERAGE,
            LearningOptions.PATIENCE)
        .anyMatch(field -> on(field) || problem(field) != null);
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
    problems.putIfAbsent(LearningOptions.named(field), sentence);
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
        labels(kept),
        value("instructions"),
        people(),
        new JobSettings.Answering(
            number("answersPerItem", value("answersPerItem"), 1),
            Math.max(
                number("mostAnswersPerItem", value("mostAnswersPerItem"), 3),
                number("answersPerItem", value("answersPerItem"), 1)),
            value("method"),
            on("submitOnChoice") && !multi,
            on("showSuggestions"),
            (int) Math.rint(60 * decimal("leaseMinutes", answering.leaseSeconds() / 60.0)),
            number("graceSeconds", value("graceSeconds"), answering.graceSeconds())),
        new JobSettings.Learning(
            on("learning"),
            decimal("target", 95) / 100,
            is("scope", "DATASET") ? GuaranteeScope.DATASET : GuaranteeScope.MACHINE,
            decimal("risk", 5) / 100,
            value("batchSize").isBlank() ? 0 : number("batchSize", value("batchSize"), 0),
            options(kept)),
        budget());
  }

  private Map<String, Object> options(JobSettings kept) {
    return LearningFields.read(
        values, kept == null ? Map.of() : kept.learning().options(), this::blame);
  }

  /** The labels typed; those kept where the form showed none to change. */
  private List<LabelDefinition> labels(JobSettings kept) {
    rows = rows.and(LabelRows.parse(value("labels")).list());
    values.put("labels", "");
    Map<Integer, String> unreadable = rows.unreadableExamples();
    unreadable.forEach((row, sentence) -> blame(JobRules.field(row, "examples"), sentence));
    if (!unreadable.isEmpty()) {
      return List.of();
    }
    return rows.list().isEmpty() && kept != null ? kept.labels() : rows.definitions();
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

  /** The rows of the label editor. */
  public List<LabelRow> rows() {
    return rows.list();
  }

  /** The rows, and an empty one to go on with. */
  public List<LabelRow> editorRows() {
    List<LabelRow> shown = new ArrayList<>(rows.list());
    shown.add(LabelRow.named("").at(shown.isEmpty() ? 0 : shown.get(shown.size() - 1).depth()));
    return shown;
  }

  LabelRows labelRows() {
    return rows;
  }

  void put(String field, String value) {
    values.put(field, value);
  }

  void put(LabelRows changed) {
    rows = changed;
    values.put("labels", "");
  }

  /** What is wrong with a part of the label in a row, or null. */
  public String labelProblem(int row, String part) {
    return problem(JobRules.field(row, part));
  }

  /** Something that two people wrote differently. */
  record Difference(String what, String mine, String theirs) {}

  /** What this form says differently from another, in the order of the form. */
  List<Difference> differences(JobForm other) {
    List<Difference> differences = new ArrayList<>();
    FIELDS.forEach(
        (field, what) -> {
          String mine = value(field).strip();
          String theirs = other.value(field).strip();
          if (!mine.equals(theirs)) {
            differences.add(new Difference(what, said(mine), said(theirs)));
          }
        });
    String mine = rows.and(LabelRows.parse(value("labels")).list()).lines();
    if (!mine.equals(other.rows.lines())) {
      differences.add(new Difference("Labels", mine, other.rows.lines()));
    }
    if (!workers.equals(other.workers)) {
      differences.add(
          new Difference("People", workers.size() + " chosen", other.workers.size() + " chosen"));
    }
    return differences;
  }

  private static String said(String value) {
    return switch (value) {
      case "" -> "–";
      case "on" -> "yes";
      default -> value;
    };
  }
}
