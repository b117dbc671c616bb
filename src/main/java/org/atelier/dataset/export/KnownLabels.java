package org.atelier.dataset.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The known labels of a version, all of them.
 *
 * @param indexes class index by label
 * @param several whether an item has no or more than one label where others have one
 */
record KnownLabels(Map<String, Integer> indexes, boolean several) {

  private static final String LISTS =
      """
      with known as (
        select coalesce(
          (select l.labels from dataset.item_label l where l.item_id = i.id
            and l.version <= :version order by l.version desc limit 1),
          i.known_labels) as labels
        from dataset.item i
        where i.dataset_id = :dataset and i.added_in <= :version and i.removed_in is null)
      """;

  /** Reads the names, which are numbered in ascending order. */
  static KnownLabels read(Handle handle, UUID datasetId, int version) {
    List<String> names =
        handle
            .createQuery(LISTS + "select distinct unnest(labels) from known")
            .bind("dataset", datasetId)
            .bind("version", version)
            .mapTo(String.class)
            .list()
            .stream()
            .sorted()
            .toList();
    Map<String, Integer> indexes = new HashMap<>();
    names.forEach(name -> indexes.put(name, indexes.size()));
    boolean several =
        handle
            .createQuery(
                LISTS + "select exists (select 1 from known where cardinality(labels) <> 1)")
            .bind("dataset", datasetId)
            .bind("version", version)
            .mapTo(Boolean.class)
            .one();
    return new KnownLabels(indexes, several);
  }

  List<String> names() {
    return indexes.keySet().stream().sorted().toList();
  }

  /** Class indexes of an item's labels. */
  int[] classes(List<String> labels) {
    return labels.stream().map(indexes::get).filter(i -> i != null).mapToInt(i -> i).toArray();
  }
}
