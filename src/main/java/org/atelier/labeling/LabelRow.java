package org.atelier.labeling;

import java.util.List;

/**
 * A label as typed in a row of the editor.
 *
 * @param depth 0 at the top, else one more than the label it is under
 * @param examples ids of items and digests of pictures, as typed
 */
record LabelRow(
    String name,
    String shortcut,
    String color,
    String description,
    int depth,
    List<String> examples) {

  LabelRow {
    examples = List.copyOf(examples);
  }

  static LabelRow named(String name) {
    return new LabelRow(name, "", "", "", 0, List.of());
  }

  /** Whether nothing was typed. */
  boolean isEmpty() {
    return name.isBlank() && shortcut.isBlank() && description.isBlank() && examples.isEmpty();
  }

  /** The examples as a field holds them. */
  public String exampleIds() {
    return String.join(" ", examples);
  }

  /** Whether there is something beyond name, key and colour. */
  public boolean hasMore() {
    return !description.isBlank() || !examples.isEmpty();
  }

  LabelRow at(int newDepth) {
    return new LabelRow(name, shortcut, color, description, newDepth, examples);
  }
}
