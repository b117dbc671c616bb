package org.atelier.labeling;

import java.util.List;
import java.util.UUID;

/**
 * One label of a job's label set. Its position in the set is its class index.
 *
 * @param name unique within the set, 1 to 100 characters
 * @param color {@code #RRGGBB}, null for the default of its position
 * @param shortcut one character that chooses it, null for the default of its position
 * @param description when to choose it, null or up to 2,000 characters
 * @param parent class index of the label above it, smaller than its own; null at the top. A label
 *     with labels below it only groups and cannot be chosen
 * @param examples items that show it
 * @param examplePictures digests of pictures that show it and were brought for that; at most 6
 *     together with the items
 */
public record LabelDefinition(
    String name,
    String color,
    String shortcut,
    String description,
    Integer parent,
    List<UUID> examples,
    List<String> examplePictures) {

  public LabelDefinition {
    examples = examples == null ? List.of() : List.copyOf(examples);
    examplePictures = examplePictures == null ? List.of() : List.copyOf(examplePictures);
  }

  /** A label without pictures of its own. */
  public LabelDefinition(
      String name,
      String color,
      String shortcut,
      String description,
      Integer parent,
      List<UUID> examples) {
    this(name, color, shortcut, description, parent, examples, List.of());
  }

  /** A label with a name and defaults for all else. */
  public static LabelDefinition named(String name) {
    return new LabelDefinition(name, null, null, null, null, List.of());
  }
}
