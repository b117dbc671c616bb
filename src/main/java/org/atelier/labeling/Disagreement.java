package org.atelier.labeling;

import java.util.List;

/**
 * Says whether the answers to one item leave it undecided, so that one more should be asked for.
 */
public final class Disagreement {

  private Disagreement() {}

  /**
   * Whether single-label answers lack a majority: no class has more than half of them. One answer
   * is never undecided, nor is none. Example: 0, 1 and 0, 1, 2 are undecided; 0, 1, 0 is not.
   *
   * @param labels class of each answer
   */
  public static boolean ofLabels(int[] labels) {
    if (labels.length < 2) {
      return false;
    }
    for (int label : labels) {
      int votes = 0;
      for (int other : labels) {
        votes += other == label ? 1 : 0;
      }
      if (2 * votes > labels.length) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether answers that are sets of labels leave any label undecided: exactly half say yes.
   * Example: {0}, {0, 1} is undecided on 1; any odd number of answers decides every label.
   *
   * @param sets class indexes of each answer
   */
  public static boolean ofSets(List<int[]> sets) {
    if (sets.size() < 2 || sets.size() % 2 == 1) {
      return false;
    }
    return sets.stream()
        .flatMapToInt(java.util.Arrays::stream)
        .distinct()
        .anyMatch(label -> 2 * sets.stream().filter(set -> has(set, label)).count() == sets.size());
  }

  private static boolean has(int[] set, int label) {
    return java.util.Arrays.stream(set).anyMatch(one -> one == label);
  }
}
