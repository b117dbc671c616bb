package org.atelier.learning.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Groups items that look nearly the same. Pure. */
final class Alike {

  /** Cosine of features from which two items are near-duplicates. */
  static final double NEAR = 0.9;

  private Alike() {}

  /**
   * Puts each item to the first group all of whose members it is near to and whose machine label is
   * its own, else makes a new group; groups and members stay in the order of the items.
   *
   * @param cosines how alike each pair of items is
   * @param labels what the machine says of each
   * @return indexes of the items, group by group
   */
  static List<List<Integer>> groups(double[][] cosines, List<String> labels) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      int item = i;
      groups.stream()
          .filter(
              group ->
                  group.stream()
                      .allMatch(
                          other ->
                              cosines[item][other] >= NEAR
                                  && labels.get(item).equals(labels.get(other))))
          .findFirst()
          .ifPresentOrElse(
              group -> group.add(item), () -> groups.add(new ArrayList<>(List.of(item))));
    }
    return groups;
  }

  /** Every item alone. */
  static List<List<Integer>> alone(int count) {
    Integer[] items = new Integer[count];
    Arrays.setAll(items, i -> i);
    return Arrays.stream(items).map(List::of).toList();
  }
}
