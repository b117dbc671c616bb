package org.atelier.learning.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobView;
import org.atelier.learning.loop.RoundFacts;
import org.atelier.learning.loop.RoundLists;
import org.atelier.learning.loop.RoundRow;

/** The dashboard's charts as the page's figures read them. */
final class Charts {

  private Charts() {}

  /** Held-out accuracy and machine labels by answers, one point per trained round. */
  static Map<String, Object> learning(List<RoundRow> rounds, double target) {
    List<List<Object>> accuracy = new ArrayList<>();
    List<List<Object>> covered = new ArrayList<>();
    for (RoundRow round : rounds) {
      RoundFacts facts = round.facts();
      if (facts.training() != null && facts.training().accuracy() != null) {
        double share = facts.training().accuracy();
        double[] interval = Figures.wilson(share, facts.training().accuracyItems());
        Long trained = facts.training().answers();
        long answers = trained == null ? facts.answers() : trained;
        accuracy.add(List.of(answers, share, interval[0], interval[1]));
      }
      covered.add(
          List.of(facts.answers(), (double) facts.machineLabels() / Math.max(1, facts.items())));
    }
    Map<String, Object> chart = chart("line", "No model has been trained yet.");
    chart.put("x", "Answers");
    chart.put("y", "Share");
    chart.put("percent", true);
    chart.put("target", Map.of("value", target, "label", "asked for"));
    chart.put(
        "series",
        accuracy.isEmpty()
            ? List.of()
            : List.of(
                Map.of("name", "Model right on items drawn at random", "points", accuracy),
                Map.of("name", "Labelled by the model", "role", "machine", "points", covered)));
    return chart;
  }

  /** What an audit shows with its band, where it shows more than that half are right. */
  private static List<List<Double>> audited(RoundFacts.AuditFacts audit, double open) {
    return audit == null || audit.curve() == null
        ? List.of()
        : audit.curve().stream()
            .filter(point -> point.labels() > 0 && point.atLeast() > 0.5)
            .map(
                point ->
                    List.of(
                        point.labels() / open, point.expected(), point.atLeast(), point.atMost()))
            .toList();
  }

  /** The threshold: what was accepted with its guarantee, else what would be audited. */
  static Map<String, Object> marker(RoundFacts facts, double open, boolean withdrawn) {
    RoundFacts.AuditFacts audit = facts.audit();
    if (audit != null && audit.accepted() > 0) {
      String accepted = "accepted " + Figures.percent(audit.accepted() / open);
      String promise =
          withdrawn
              ? ", withdrawn since: nothing is promised"
              : ": at least %s right, risk %s, %s drawn"
                  .formatted(
                      Figures.atLeast(audit.accuracyAtLeast()),
                      Figures.percent(audit.risk()),
                      Figures.count(audit.drawn()));
      return Map.of(
          "x", audit.accepted() / open, "y", audit.accuracyExpected(), "label", accepted + promise);
    }
    double share = facts.training().candidates() / open;
    return Map.of(
        "x",
        share,
        "y",
        facts.training().estimate(),
        "label",
        "would be " + Figures.percent(share) + ", not certified");
  }

  /**
   * Accuracy of the surest open items, estimated and audited, against their share of all items.
   *
   * @param withdrawn whether what was accepted carries no promise any more
   */
  static Map<String, Object> coverage(List<RoundRow> rounds, double target, boolean withdrawn) {
    Map<String, Object> chart = chart("curve", "The first model shows how many items look safe.");
    RoundFacts newest =
        rounds.stream()
            .map(RoundRow::facts)
            .filter(facts -> facts.training() != null && !facts.training().curve().isEmpty())
            .reduce((before, after) -> after)
            .orElse(null);
    chart.put("x", "Share of the items without a label then");
    chart.put("y", "Right");
    chart.put("percent", true);
    chart.put("xPercent", true);
    chart.put("target", Map.of("value", target, "label", "asked for"));
    if (newest == null) {
      chart.put("series", List.of());
      return chart;
    }
    double open = Math.max(1, newest.training().open());
    List<List<Double>> points =
        newest.training().curve().stream()
            .map(point -> List.of(point.labels() / open, point.accuracy()))
            .toList();
    List<Map<String, Object>> series = new ArrayList<>();
    series.add(Map.of("name", "The model's own estimate", "points", points));
    List<List<Double>> audited = audited(newest.audit(), open);
    if (audited.size() > 1) {
      series.add(Map.of("name", "Audited", "points", audited));
    }
    chart.put("series", series);
    if (newest.training().candidates() > 0) {
      chart.put("marker", marker(newest, open, withdrawn));
    }
    return chart;
  }

  /** Where people and the newest model differ, as {@link MatrixWords} says it. */
  static Map<String, Object> confusion(JobView job, RoundLists lists, String link) {
    MatrixWords words = MatrixWords.of(job, lists);
    Map<String, Object> chart = chart("matrix", "The first model shows it.");
    chart.put("x", "The model says");
    chart.put("y", "People say");
    chart.put("labels", words.rows());
    chart.put("keys", lists.confusionKeys() == null ? new int[0] : lists.confusionKeys());
    chart.put("counts", lists.confusion() == null ? new int[0][0] : lists.confusion());
    chart.put("unit", words.unit());
    chart.put("note", words.note());
    chart.put("amongOthers", lists.amongOthers());
    chart.put("link", link + "?people=:y&model=:x");
    return chart;
  }

  static Map<String, Object> distribution(
      JobNumbers.Progress progress, List<String> names, String link) {
    Map<String, Object> chart = chart("bar", "Nothing has a label yet.");
    List<Long> human = new ArrayList<>();
    List<Long> machine = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      human.add(progress.humanByClass().getOrDefault(k, 0L));
      machine.add(progress.machineByClass().getOrDefault(k, 0L));
      links.add(link + "?label=" + k);
    }
    chart.put("y", "Items");
    chart.put("stacked", true);
    chart.put("categories", names);
    chart.put("links", links);
    boolean empty = progress.human() + progress.machine() == 0;
    chart.put(
        "series",
        empty
            ? List.of()
            : List.of(
                Map.of("name", "People", "role", "human", "values", human),
                Map.of("name", "Model", "role", "machine", "values", machine)));
    return chart;
  }

  static Map<String, Object> chart(String kind, String empty) {
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("kind", kind);
    chart.put("empty", empty);
    return chart;
  }
}
