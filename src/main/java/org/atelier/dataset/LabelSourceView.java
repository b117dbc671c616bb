package org.atelier.dataset;

import java.util.List;
import java.util.UUID;

/**
 * A source of labels.
 *
 * @param name of the job, shown in exports as {@code job-name}
 * @param attribute label attribute name in manifests: {@code [A-Za-z0-9][A-Za-z0-9-]{0,126}}, not
 *     ending in {@code -metadata} or {@code -ref}, neither {@code source} nor {@code source-ref}
 * @param multiLabel whether an item can have several labels or none
 * @param classNames names of the label set; index in the list = class index
 */
public record LabelSourceView(
    UUID id,
    String name,
    String attribute,
    UUID datasetId,
    int datasetVersion,
    boolean multiLabel,
    List<String> classNames) {

  public LabelSourceView {
    classNames = List.copyOf(classNames);
  }

  /** The same under another attribute. */
  public LabelSourceView called(String other) {
    return new LabelSourceView(id, name, other, datasetId, datasetVersion, multiLabel, classNames);
  }
}
