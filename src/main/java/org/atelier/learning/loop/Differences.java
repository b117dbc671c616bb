package org.atelier.learning.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.confusion.ConfusionMatrix;
import org.atelier.learning.model.Scores;
import org.atelier.learning.pool.PoolItems;

/**
 * Where people and a model that did not learn from their label differ, and on which items.
 *
 * @param matrix null before there is a model
 * @param cells items behind its cells off the diagonal
 * @param items what was said of each of them
 */
record Differences(
    ConfusionMatrix matrix, List<RoundLists.Cell> cells, List<RoundLists.Difference> items) {

  /** Before there is a model. */
  static final Differences NONE = new Differences(null, List.of(), List.of());

  private static final int PER_CELL = 48;
  private static final int MOST_CELLS = 400;

  /** Most numbers that are kept to say what was said of items; ten on each of 10,000. */
  private static final int MOST_NUMBERS = 100_000;

  /**
   * @param labels the examples, in the order of the held-out scores
   */
  static Differences of(PoolItems items, List<Evidence.Labeled> labels, Scores scores) {
    List<int[]> people = labels.stream().map(Evidence.Labeled::classes).toList();
    List<int[]> model = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      model.add(scores.label(scores.heldOut(), i));
    }
    ConfusionMatrix matrix =
        ConfusionMatrix.of(scores.classes(), scores.multiLabel(), people, model);
    Map<ConfusionMatrix.Cell, List<UUID>> cells = new LinkedHashMap<>();
    matrix.differences().stream()
        .limit(MOST_CELLS)
        .forEach(cell -> cells.put(cell, new ArrayList<>()));
    List<RoundLists.Difference> listed = new ArrayList<>();
    int numbers = 0;
    for (int i = 0; i < labels.size(); i++) {
      int[] says = people.get(i);
      int[] modelSays = model.get(i);
      int needed = says.length + modelSays.length;
      if (Arrays.equals(says, modelSays) || numbers + needed > MOST_NUMBERS) {
        continue;
      }
      UUID item = items.item(labels.get(i).item());
      if (list(item, matrix.differences(says, modelSays), cells)) {
        listed.add(new RoundLists.Difference(item, says, modelSays));
        numbers += needed;
      }
    }
    return new Differences(matrix, listed(cells), listed);
  }

  /** Puts an item into those of its cells that have room; false when none has. */
  private static boolean list(
      UUID item,
      List<ConfusionMatrix.Cell> differences,
      Map<ConfusionMatrix.Cell, List<UUID>> cells) {
    boolean listed = false;
    for (ConfusionMatrix.Cell difference : differences) {
      List<UUID> cell = cells.get(difference);
      if (cell != null && cell.size() < PER_CELL) {
        cell.add(item);
        listed = true;
      }
    }
    return listed;
  }

  private static List<RoundLists.Cell> listed(Map<ConfusionMatrix.Cell, List<UUID>> cells) {
    return cells.entrySet().stream()
        .filter(cell -> !cell.getValue().isEmpty())
        .map(
            cell ->
                new RoundLists.Cell(cell.getKey().people(), cell.getKey().model(), cell.getValue()))
        .toList();
  }
}
