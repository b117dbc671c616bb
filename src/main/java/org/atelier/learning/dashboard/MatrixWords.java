package org.atelier.learning.dashboard;

import java.util.Arrays;
import java.util.List;
import org.atelier.labeling.JobView;
import org.atelier.labeling.TaskType;
import org.atelier.learning.confusion.ConfusionMatrix;
import org.atelier.learning.loop.RoundLists;

/** The confusion matrix of a job in words. */
final class MatrixWords {

  /**
   * A cell's page.
   *
   * @param title what its items have in common
   * @param crumb the same, short
   */
  record Cell(String title, String crumb) {}

  private final List<String> names;
  private final boolean several;
  private final int[] keys;
  private final long amongOthers;
  private final int rest;

  private MatrixWords(List<String> names, boolean several, int[] keys, long amongOthers) {
    this.names = names;
    this.several = several;
    this.keys = keys;
    this.amongOthers = amongOthers;
    this.rest = names.size() - (int) Arrays.stream(keys).filter(key -> key >= 0).count();
  }

  static MatrixWords of(JobView job, RoundLists lists) {
    int[] keys = lists.confusionKeys() == null ? new int[0] : lists.confusionKeys();
    return new MatrixWords(
        job.settings().classNames(),
        job.settings().taskType() == TaskType.MULTI,
        keys,
        lists.amongOthers());
  }

  /** Names of the rows, and of the columns. */
  List<String> rows() {
    return Arrays.stream(keys).mapToObj(this::row).toList();
  }

  private String row(int key) {
    return switch (key) {
      case ConfusionMatrix.NOTHING -> "(nothing)";
      case ConfusionMatrix.OTHERS -> "(%s others)".formatted(Figures.count(rest));
      default -> names.get(key);
    };
  }

  /** What a cell counts. */
  String unit() {
    return !several ? "items" : hasRest() ? "times" : "items";
  }

  private boolean hasRest() {
    return Arrays.stream(keys).anyMatch(key -> key == ConfusionMatrix.OTHERS);
  }

  /** How to read the matrix, null where it is as everybody expects. */
  String note() {
    if (keys.length == 0) {
      return null;
    }
    String sets =
        several
            ? "An item counts on the diagonal for each label that both chose. A label that only"
                + " people chose meets each that only the model chose; “(nothing)” stands where the"
                + " other side chose nothing in its place."
            : "";
    String others =
        hasRest()
            ? "The %s labels that differ most have a row each, the other %s share one. Among those, people and the model chose different ones %s times."
                .formatted(
                    Figures.count(names.size() - rest),
                    Figures.count(rest),
                    Figures.count(amongOthers))
            : "";
    String note = (sets + " " + others).strip();
    return note.isEmpty() ? null : note;
  }

  /** Whether a key stands for a row that this job's matrix can have. */
  boolean isKey(int key) {
    return key >= 0 && key < names.size()
        || key == ConfusionMatrix.OTHERS && hasRest()
        || key == ConfusionMatrix.NOTHING && several;
  }

  /** The words of the page behind a cell. */
  Cell cell(int people, int model) {
    String crumb = words(people) + " and " + words(model);
    if (!several) {
      return new Cell(
          "People say %s, the model says %s".formatted(words(people), words(model)), crumb);
    }
    if (people == ConfusionMatrix.NOTHING) {
      return new Cell("The model adds %s, in place of nothing".formatted(words(model)), crumb);
    }
    return model == ConfusionMatrix.NOTHING
        ? new Cell("The model misses %s, and has nothing instead".formatted(words(people)), crumb)
        : new Cell("People chose %s, the model %s".formatted(words(people), words(model)), crumb);
  }

  private String words(int key) {
    return switch (key) {
      case ConfusionMatrix.NOTHING -> "nothing";
      case ConfusionMatrix.OTHERS -> "one of %s others".formatted(Figures.count(rest));
      default -> names.get(key);
    };
  }
}
