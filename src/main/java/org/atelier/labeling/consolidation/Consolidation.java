package org.atelier.labeling.consolidation;

import java.util.List;

/**
 * The outcome of a consolidation.
 *
 * @param labels {@code int[N]}, class of each item, −1 for an item without answers
 * @param confidences {@code double[N]}, 0.00 to 1.00 in hundredths, more is surer; 0.00 for an item
 *     with no or one answer, whatever the method, because one voice cannot be checked. Not
 *     comparable between jobs, nor with a model's confidence
 * @param workers W rows in worker order
 */
public record Consolidation(int[] labels, double[] confidences, List<WorkerSkill> workers) {

  /** An item nobody answered. */
  public static final int NO_LABEL = -1;

  public Consolidation {
    workers = List.copyOf(workers);
  }

  static double confidence(double probability, int answers) {
    return answers < 2 ? 0.0 : Math.rint(probability * 100) / 100;
  }
}
