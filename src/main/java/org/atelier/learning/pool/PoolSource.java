package org.atelier.learning.pool;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemRow;

/** Items of a run of rows, for a {@link FeatureMethod}. */
public interface PoolSource {

  UUID projectId();

  /** The dataset that the items belong to. */
  UUID datasetId();

  /** Number of rows. */
  int rows();

  /**
   * Reads all items in order of their rows, some at a time.
   *
   * @param each receives the position of the first and the items; deleted ones are null
   */
  void read(Chunk each) throws IOException;

  /** Receives items. */
  @FunctionalInterface
  interface Chunk {
    void accept(int firstPosition, List<ItemRow> items) throws IOException;
  }
}
