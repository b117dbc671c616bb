package org.atelier.dataset;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Port for exports: something that labelled the items of a dataset version, such as a labeling job.
 * Implemented as a bean by the feature that has the labels.
 */
public interface LabelSource {

  /** What the source is, empty when the project has none with this id. */
  Optional<LabelSourceView> find(UUID projectId, UUID sourceId);

  /**
   * Streams the current label of each labelled item, ascending by {@link ItemLabel#ordinal()}, one
   * per item, with bounded memory. Runs inside a read-only, repeatable-read transaction of the
   * caller, which may open the stream more than once and closes each.
   *
   * @param withAnswers whether {@link ItemLabel#answers()} must be filled
   */
  Stream<ItemLabel> labels(UUID projectId, UUID sourceId, boolean withAnswers);
}
