package org.atelier.dataset.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Handle;

/**
 * The known labels of a version, all of them, for formats that number them.
 *
 * @param names in ascending order; index in the list = class index
 * @param indexes class index by label
 * @param several whether an item has no or more than one label where others have one
 */
record KnownLabels(List<String> names, Map<String, Integer> indexes, boolean several) {

  /** Most different labels that are numbered: all are held in memory while somebody reads. */
  static final int MOST = 100_000;

  /** Without the offsets the lists would be counted anew for each of their labels. */
  private static final String NAMES =
      """
      with known as (
        select labels, cardinality(labels) <> 1 as several from (select coalesce(
          (select l.labels from dataset.item_label l where l.item_id = i.id
            and l.version <= :version order by l.version desc limit 1),
          i.known_labels) as labels
        from dataset.item i
        where i.dataset_id = :dataset and i.added_in <= :version and i.removed_in is null
        offset 0) item
        offset 0)
      select name, bool_or(several) as several
      from known left join lateral unnest(labels) as name on true
      where labels is not null group by name limit :limit
      """;

  /** A label, or null for items that were looked at and have none. */
  private record Name(String label, boolean several) {}

  /**
   * Goes through the items once.
   *
   * @throws ProblemException invalid-input when there are more than {@link #MOST}
   */
  static KnownLabels read(Handle handle, UUID datasetId, int version) {
    List<Name> rows =
        handle
            .createQuery(NAMES)
            .bind("dataset", datasetId)
            .bind("version", version)
            .bind("limit", MOST + 2)
            .map((row, context) -> new Name(row.getString(1), row.getBoolean(2)))
            .list();
    List<String> names = rows.stream().map(Name::label).filter(Objects::nonNull).sorted().toList();
    if (names.size() > MOST) {
      throw ProblemException.invalid(
          "format",
          "The version has more than %,d different labels, and this format numbers every one. Choose CSV, JSON Lines or the manifest."
              .formatted(MOST));
    }
    Map<String, Integer> indexes = new HashMap<>();
    names.forEach(name -> indexes.put(name, indexes.size()));
    return new KnownLabels(names, indexes, rows.stream().anyMatch(Name::several));
  }

  /** Class indexes of an item's labels. */
  int[] classes(List<String> labels) {
    return labels.stream().map(indexes::get).filter(i -> i != null).mapToInt(i -> i).toArray();
  }
}
