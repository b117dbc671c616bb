package org.atelier.learning.sampling;

import java.util.Objects;

/**
 * The items a strategy may choose from.
 *
 * @param items N distinct item numbers, at least 0 each
 * @param probabilities N × K, row i belongs to {@code items[i]}; each in 0 … 1, rows sum to 1 for
 *     single-label, any sum for multi-label
 * @param classes K, at least 1
 * @param multiLabel whether the probabilities are independent yes/no decisions
 * @param vectors where the items lie in feature space, by item number; null when not known
 */
public record Pool(
    int[] items, float[] probabilities, int classes, boolean multiLabel, Vectors vectors) {
  /** Checks the shapes. */
  public Pool {
    Objects.requireNonNull(items, "items");
    Objects.requireNonNull(probabilities, "probabilities");
    if (classes < 1 || (long) items.length * classes != probabilities.length) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities for " + items.length + " items and " + classes);
    }
  }

  /** N. */
  public int size() {
    return items.length;
  }

  /** Probability of class {@code k} for position {@code i}. */
  public double probability(int i, int k) {
    return probabilities[i * classes + k];
  }

  /** Feature vectors by item number; safe for use by several threads. */
  public interface Vectors {
    /** Length of each vector, at least 1. */
    int columns();

    /** Copies the vector of an item into {@code into[offset .. offset + columns())}. */
    void read(int item, float[] into, int offset);
  }
}
