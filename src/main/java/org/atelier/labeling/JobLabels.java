package org.atelier.labeling;

import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;

/**
 * What a job's labels are and what they are about.
 *
 * @param classNames by class index
 */
public record JobLabels(
    UUID id, String title, ItemKind itemKind, TaskType taskType, List<String> classNames) {

  /** Copies. */
  public JobLabels {
    classNames = List.copyOf(classNames);
  }
}
