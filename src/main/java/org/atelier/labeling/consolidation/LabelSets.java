package org.atelier.labeling.consolidation;

import java.util.BitSet;
import java.util.List;

/**
 * The outcome of consolidating answers that are sets of labels.
 *
 * @param chosen {@code int[N][]}, ascending class indexes decided "yes"; empty for an item without
 *     answers and for an item where no label was decided "yes"
 * @param named {@code int[N][]}, ascending class indexes that at least one worker chose
 * @param confidences {@code double[N][]}, beside {@code named}: confidence that the label belongs
 *     to the item, 0.00 to 1.00, 0.00 with fewer than two answers
 * @param decisions {@code double[N]}, confidence of the whole set: the smallest confidence of the
 *     decisions on named labels, each taken for the side decided; 0.00 with fewer than two answers
 * @param workers W rows in worker order, over all single decisions on named labels
 */
public record LabelSets(
    int[][] chosen,
    int[][] named,
    double[][] confidences,
    double[] decisions,
    List<WorkerSkill> workers) {

  public LabelSets {
    workers = List.copyOf(workers);
  }

  /**
   * Consolidates sets of labels by one yes-or-no decision per label, with the given method on two
   * classes ("no" 0, "yes" 1). A tie is therefore "no".
   *
   * @param item {@code int[A]}, item of each answer
   * @param worker {@code int[A]}, worker of each answer
   * @param sets {@code int[A][]}, class indexes of each answer, 0 to K−1; may be empty
   * @param fairItems as in {@link ConsolidationMethod#consolidate}
   */
  public static LabelSets consolidate(
      ConsolidationMethod method,
      int items,
      int workers,
      int classes,
      int[] item,
      int[] worker,
      int[][] sets,
      BitSet fairItems) {
    return new LabelSetsConsolidation(items, workers, classes, item, worker, sets)
        .run(method, fairItems);
  }
}
