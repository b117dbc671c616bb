package org.atelier.dataset;

import java.util.List;
import java.util.UUID;

/**
 * Labels of one item in a labelled version.
 *
 * @param labels names, empty when the item is known to have none
 */
public record ItemLabels(UUID itemId, List<String> labels) {

  public ItemLabels {
    labels = List.copyOf(labels);
  }
}
