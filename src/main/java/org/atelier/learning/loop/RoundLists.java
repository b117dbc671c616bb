package org.atelier.learning.loop;

import java.util.List;
import java.util.UUID;

/**
 * Items that a round's model points at.
 *
 * @param uncertain open items the model is least sure of and that the round does not ask people
 *     about, most uncertain first, at most 200
 * @param suspects human labels the model doubts most, most doubtful first
 * @param reserve items to ask when the queue runs low before the next step, in this order
 * @param confusion K × K counts of held-out predictions, row human label, column prediction; null
 *     for several labels per item and for more than 100 classes
 * @param cells items behind the cells of the confusion matrix off its diagonal
 */
public record RoundLists(
    List<Opinion> uncertain,
    List<Opinion> suspects,
    List<UUID> reserve,
    int[][] confusion,
    List<Cell> cells) {

  /** Nothing yet. */
  static final RoundLists EMPTY = new RoundLists(List.of(), List.of(), List.of(), null, List.of());

  /** Copies. */
  public RoundLists {
    uncertain = List.copyOf(uncertain);
    suspects = List.copyOf(suspects);
    reserve = List.copyOf(reserve);
    cells = List.copyOf(cells);
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
   * @param people class index people chose
   * @param model class index the model would choose
   * @param items at most 48 of them
   */
  public record Cell(int people, int model, List<UUID> items) {

    /** Copies. */
    public Cell {
      items = List.copyOf(items);
    }
  }
}
