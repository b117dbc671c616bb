package org.atelier.learning.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.atelier.learning.confusion.ConfusionMatrix;

/**
 * Items that a round's model points at.
 *
 * @param uncertain open items the model is least sure of and that the round does not ask people
 *     about, most uncertain first, at most 200
 * @param suspects human labels the model doubts most, most doubtful first
 * @param reserve items to ask when the queue runs low before the next step, in this order
 * @param confusion counts of held-out predictions, row human label, column prediction, as {@link
 *     ConfusionMatrix} says; null before there is a model
 * @param confusionKeys what each row and column of it stands for: a class index, or {@link
 *     ConfusionMatrix#NOTHING} or {@link ConfusionMatrix#OTHERS}
 * @param amongOthers differences between two labels without a row of their own
 * @param cells items behind the cells of the confusion matrix off its diagonal
 * @param differences what people and the model said of the items in cells
 */
public record RoundLists(
    List<Opinion> uncertain,
    List<Opinion> suspects,
    List<UUID> reserve,
    int[][] confusion,
    int[] confusionKeys,
    long amongOthers,
    List<Cell> cells,
    List<Difference> differences) {

  /** Nothing yet. */
  static final RoundLists EMPTY = new RoundLists(List.of(), List.of(), List.of(), Differences.NONE);

  /** Copies, and completes what was kept when there was one row for every label and one label. */
  public RoundLists {
    uncertain = List.copyOf(uncertain);
    suspects = List.copyOf(suspects);
    reserve = List.copyOf(reserve);
    cells = List.copyOf(cells);
    differences = differences == null ? ofSingleLabels(cells) : List.copyOf(differences);
    if (confusion != null && confusionKeys == null) {
      confusionKeys = IntStream.range(0, confusion.length).toArray();
    }
  }

  RoundLists(
      List<Opinion> uncertain, List<Opinion> suspects, List<UUID> reserve, Differences found) {
    this(
        uncertain,
        suspects,
        reserve,
        found.matrix() == null ? null : found.matrix().counts(),
        found.matrix() == null ? null : found.matrix().keys(),
        found.matrix() == null ? 0 : found.matrix().amongOthers(),
        found.cells(),
        found.items());
  }

  private static List<Difference> ofSingleLabels(List<Cell> cells) {
    List<Difference> differences = new ArrayList<>();
    for (Cell cell : cells) {
      for (UUID item : cell.items()) {
        differences.add(new Difference(item, new int[] {cell.people()}, new int[] {cell.model()}));
      }
    }
    return differences;
  }

  /**
   * What the model thinks of an item.
   *
   * @param classes class indexes it would choose, ascending
   * @param score for uncertain items the estimated probability that it is right; for suspects the
   *     normalised margin of the human label; both 0 to 1, lower is more doubtful
   */
  public record Opinion(UUID itemId, int[] classes, double score) {}

  /**
   * Items that people and the held-out model see differently.
   *
   * @param people key of the row: class index, or as {@code confusionKeys} says
   * @param model key of the column
   * @param items at most 48 of them
   */
  public record Cell(int people, int model, List<UUID> items) {

    /** Copies. */
    public Cell {
      items = List.copyOf(items);
    }
  }

  /**
   * What was said of an item when the round's model was trained.
   *
   * @param people class indexes people chose, ascending
   * @param model class indexes the model would choose that did not learn from them, ascending
   */
  public record Difference(UUID itemId, int[] people, int[] model) {}
}
