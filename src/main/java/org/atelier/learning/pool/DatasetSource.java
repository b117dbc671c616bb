package org.atelier.learning.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemRow;

/** Rows {@code first} to {@code end − 1} of a dataset's pool. */
record DatasetSource(
    UUID projectId, UUID datasetId, Datasets datasets, PoolItems items, int first, int end)
    implements PoolSource {

  private static final int CHUNK = 2000;

  @Override
  public int rows() {
    return end - first;
  }

  @Override
  public void read(Chunk each) throws IOException {
    for (int from = first; from < end; from += CHUNK) {
      int to = Math.min(end, from + CHUNK);
      List<UUID> ids = new ArrayList<>(to - from);
      for (int row = from; row < to; row++) {
        ids.add(items.item(row));
      }
      Map<UUID, ItemRow> found = new HashMap<>();
      datasets.items(projectId, ids).forEach(item -> found.put(item.id(), item));
      List<ItemRow> rows = new ArrayList<>(ids.size());
      ids.forEach(id -> rows.add(found.get(id)));
      each.accept(from - first, rows);
    }
  }
}
