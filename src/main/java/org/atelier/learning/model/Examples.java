package org.atelier.learning.model;

/**
 * Items with human labels.
 *
 * @param items distinct item numbers
 * @param labels ascending class numbers of each item, same order; exactly one for single-label,
 *     none to all for multi-label
 * @param classes K, at least 1
 * @param multiLabel whether an item may have none or several
 */
public record Examples(int[] items, int[][] labels, int classes, boolean multiLabel) {
  /** Checks the shapes and the class numbers. */
  public Examples {
    if (items.length != labels.length) {
      throw new IllegalArgumentException(items.length + " items, " + labels.length + " labels");
    }
    for (int[] label : labels) {
      if (!multiLabel && label.length != 1) {
        throw new IllegalArgumentException("exactly one class is needed, not " + label.length);
      }
      for (int k : label) {
        if (k < 0 || k >= classes) {
          throw new IllegalArgumentException("class " + k + " of " + classes);
        }
      }
    }
  }

  /** Number of examples. */
  public int size() {
    return items.length;
  }

  /** Wanted probabilities, size × K. */
  public float[] targets() {
    float[] targets = new float[items.length * classes];
    for (int i = 0; i < items.length; i++) {
      for (int k : labels[i]) {
        targets[i * classes + k] = 1;
      }
    }
    return targets;
  }
}
