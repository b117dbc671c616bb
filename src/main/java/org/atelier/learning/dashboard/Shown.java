package org.atelier.learning.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.platform.ProblemException;

/**
 * What a sheet showed of an item as the machine's word. Who confirms means this and nothing else.
 *
 * @param classes class indexes, ascending; empty when the machine says that no label fits
 */
record Shown(UUID itemId, List<Integer> classes) {

  /** Copies. */
  Shown {
    classes = List.copyOf(classes);
  }

  static Shown of(UUID itemId, int[] classes) {
    return new Shown(itemId, Arrays.stream(classes).boxed().toList());
  }

  /** Reads the {@link #text} that a form sends back. */
  static Shown parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      return new Shown(
          UUID.fromString(parts[0]),
          parts.length < 2 || parts[1].isEmpty()
              ? List.of()
              : Arrays.stream(parts[1].split("\\.")).map(Integer::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("item", "“" + text + "” names no item.");
    }
  }

  /** As the field of a form: the item, a colon and the class indexes with points between them. */
  String text() {
    return itemId + ":" + classes.stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  int[] indexes() {
    return classes.stream().mapToInt(Integer::intValue).toArray();
  }
}
