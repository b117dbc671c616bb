package org.atelier.dataset;

import java.util.List;
import java.util.UUID;

/**
 * Labels of one item in a labelled version.
 *
 * @param labels names, empty when the item is known to have none
 * @param source who gave them, null when that is not told
 * @param jobId the job whose people or machine gave them, null when that is not told
 */
public record ItemLabels(UUID itemId, List<String> labels, ItemLabel.Source source, UUID jobId) {

  public ItemLabels {
    labels = List.copyOf(labels);
  }

  /** Labels of which it is not told who gave them. */
  public ItemLabels(UUID itemId, List<String> labels) {
    this(itemId, labels, null, null);
  }
}
