package org.atelier.learning.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.atelier.learning.feature.ImagePool;

/**
 * Data with known labels to simulate on; exactly one of images and texts is given, or neither when
 * features are imported.
 *
 * @param images pictures in item order, or null
 * @param texts texts in item order, or null
 * @param classes names of the classes
 * @param labels ascending class numbers of each item
 * @param multiLabel whether an item may have none or several
 */
public record LabeledData(
    ImagePool images,
    List<String> texts,
    List<String> classes,
    int[][] labels,
    boolean multiLabel) {
  /** Number of items. */
  public int size() {
    return labels.length;
  }

  /**
   * Turns label names into class numbers, classes in alphabetical order (numbers by value).
   *
   * @param names label of each item; several separated by {@code |} when {@code multiLabel}
   */
  static LabeledData of(
      ImagePool images, List<String> texts, List<String> names, boolean multiLabel) {
    List<List<String>> split = new ArrayList<>();
    TreeSet<String> distinct = new TreeSet<>(LabeledData::compare);
    for (String name : names) {
      List<String> parts =
          !multiLabel
              ? List.of(name)
              : name.isEmpty() ? List.of() : Arrays.asList(name.split("\\|"));
      split.add(parts);
      distinct.addAll(parts);
    }
    List<String> classes = List.copyOf(distinct);
    java.util.Map<String, Integer> index = new java.util.HashMap<>();
    for (String name : classes) {
      index.put(name, index.size());
    }
    int[][] labels = new int[names.size()][];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = split.get(i).stream().mapToInt(index::get).distinct().sorted().toArray();
    }
    return new LabeledData(images, texts, classes, labels, multiLabel);
  }

  private static int compare(String a, String b) {
    boolean numbers = a.matches("\\d{1,9}") && b.matches("\\d{1,9}");
    int byValue = numbers ? Integer.compare(Integer.parseInt(a), Integer.parseInt(b)) : 0;
    return byValue != 0 ? byValue : a.compareTo(b);
  }
}
