package org.atelier.learning.model;

/**
 * Predicted probabilities.
 *
 * @param classes K
 * @param multiLabel whether the K probabilities of an item are independent
 * @param pool N × K, all items of the job in order
 * @param heldOut examples × K, each predicted by models that never saw that example's label
 */
public record Scores(int classes, boolean multiLabel, float[] pool, float[] heldOut) {
  /** Number of items in the pool. */
  public int items() {
    return pool.length / classes;
  }

  /** The predicted label of a row: the most probable class (ties: lowest), or all with p ≥ ½. */
  public int[] label(float[] probabilities, int row) {
    int from = row * classes;
    if (multiLabel) {
      int count = 0;
      int[] chosen = new int[classes];
      for (int k = 0; k < classes; k++) {
        if (probabilities[from + k] >= 0.5f) {
          chosen[count++] = k;
        }
      }
      return java.util.Arrays.copyOf(chosen, count);
    }
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (probabilities[from + k] > probabilities[from + best]) {
        best = k;
      }
    }
    return new int[] {best};
  }

  /**
   * How sure the model is of {@link #label}, as log odds: ln p₁ − ln p₂ of the two best classes, or
   * the log odds of the exact set of labels; more is surer, within ±{@value #LIMIT}.
   */
  public double certainty(float[] probabilities, int row) {
    int from = row * classes;
    double value = multiLabel ? setOdds(probabilities, from) : margin(probabilities, from);
    return Math.max(-LIMIT, Math.min(LIMIT, value));
  }

  private static final double LIMIT = 16;
  private static final double FLOOR = 1e-7;

  private double setOdds(float[] p, int from) {
    double all = 0;
    for (int k = from; k < from + classes; k++) {
      all += Math.log(Math.max(FLOOR, Math.max(p[k], 1 - p[k])));
    }
    return all - Math.log(Math.max(FLOOR, -Math.expm1(all)));
  }

  private double margin(float[] p, int from) {
    double first = 0;
    double second = 0;
    for (int k = from; k < from + classes; k++) {
      if (p[k] > first) {
        second = first;
        first = p[k];
      } else if (p[k] > second) {
        second = p[k];
      }
    }
    return Math.log(first + FLOOR) - Math.log(second + FLOOR);
  }
}
