package org.atelier.learning.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers names of labels in the order they come, so that none is kept twice; after {@value #MOST}
 * different ones it keeps no further.
 */
final class LabelNumbering {

  /** Most different labels a simulation takes. */
  static final int MOST = 1_000;

  private final Map<String, Integer> numbers = new HashMap<>();
  private boolean tooMany;

  /** Numbers of the names, those beyond the most left out. */
  int[] numbers(List<String> names) {
    return names.stream().mapToInt(this::number).filter(number -> number >= 0).toArray();
  }

  private int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    if (numbers.size() == MOST) {
      tooMany = true;
      return -1;
    }
    numbers.put(name, numbers.size());
    return numbers.size() - 1;
  }

  /** Different names kept. */
  int size() {
    return numbers.size();
  }

  /** Whether there are from two different names to the most. */
  boolean fits() {
    return !tooMany && numbers.size() > 1;
  }

  /** How many different names came, in words. */
  String howMany() {
    return tooMany ? "more than 1,000" : Integer.toString(numbers.size());
  }

  /**
   * Gives the names new numbers, in ascending order of the names.
   *
   * @param rows numbers given before, changed to the new ones in ascending order; null stays
   * @return names in order of the new numbers
   */
  List<String> sort(int[][] rows) {
    List<String> names = new ArrayList<>(numbers.keySet());
    names.sort(null);
    int[] moved = new int[names.size()];
    for (int i = 0; i < moved.length; i++) {
      moved[numbers.get(names.get(i))] = i;
    }
    for (int[] row : rows) {
      if (row != null) {
        Arrays.setAll(row, i -> moved[row[i]]);
        Arrays.sort(row);
      }
    }
    return names;
  }
}
