package org.atelier.dataset.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemRow;
import org.jdbi.v3.core.Handle;

/**
 * Finds the items of a version that fit a query. The next few thousand items are looked through
 * first, which finds what is frequent; when they do not fill the page, the indexes of words, ids,
 * labels and metadata say which items can fit at all. So neither reads the whole dataset.
 */
final class ItemSearch {

  /** Items looked through before the indexes are asked. */
  static final int WINDOW = 5_000;

  /** As the index {@code item_words} has it. */
  private static final String WORDS = "to_tsvector('simple', left(%s.text, 100000))";

  /** Holds for the dataset's items without leading to an index, which would list all of them. */
  private static final String OURS = "(c.dataset_id = :dataset) is true";

  private static final String LABELS =
      """
      coalesce((select l.labels from dataset.item_label l where l.item_id = i.id
        and l.version <= :version order by l.version desc limit 1), i.known_labels)\
      """;

  private final StringBuilder fits = new StringBuilder();
  private final StringBuilder candidates = new StringBuilder();
  private final Map<String, Object> values = new HashMap<>();

  private ItemSearch(UUID datasetId, int version) {
    values.put("dataset", datasetId);
    values.put("version", version);
  }

  static ItemSearch of(Handle handle, UUID datasetId, int version, ItemQuery query) {
    ItemSearch search = new ItemSearch(datasetId, version);
    if (!query.text().isEmpty()) {
      search.text(handle, query.text());
    }
    if (!query.label().isEmpty()) {
      search.label(query.label());
    }
    if (!query.metadataKey().isEmpty()) {
      search.metadata(query.metadataKey(), query.metadataValue());
    }
    return search;
  }

  /**
   * The next items in order of their ordinals.
   *
   * @param from first ordinal
   * @param limit most items
   */
  List<ItemRow> next(Handle handle, int from, int limit) {
    if (fits.isEmpty()) {
      return run(handle, select(""), from, limit);
    }
    List<ItemRow> near = run(handle, near(), from, limit);
    if (near.size() == limit) {
      return near;
    }
    int further = (int) Math.min(Integer.MAX_VALUE, (long) from + WINDOW);
    List<ItemRow> found = new ArrayList<>(near);
    found.addAll(run(handle, far(), further, limit - near.size()));
    return found;
  }

  private String near() {
    return select(" and i.ordinal < cast(:from as bigint) + " + WINDOW) + fits;
  }

  /** The statement that goes by the indexes; for tests of its plan, too. */
  String far() {
    return select("") + candidates + fits;
  }

  Map<String, Object> values(int from, int limit) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("from", from);
    all.put("limit", limit);
    return all;
  }

  private static String select(String more) {
    return "select "
        + ItemRows.COLUMNS
        + """
        from dataset.item i where i.dataset_id = :dataset and i.added_in <= :version
          and i.removed_in is null and i.ordinal >= :from
        """
        + more;
  }

  private List<ItemRow> run(Handle handle, String sql, int from, int limit) {
    return handle
        .createQuery(sql + " order by i.ordinal limit :limit")
        .bindMap(values(from, limit))
        .map(new ItemRows())
        .list();
  }

  /** All words, of which the last may be a beginning; or the beginning of the external id. */
  private void text(Handle handle, String text) {
    String words = words(handle, text);
    values.put("first", text);
    values.put("last", text + Character.toString(Character.MAX_CODE_POINT));
    String id = "%s.external_id >= :first and %s.external_id < :last";
    String byId = id.formatted("i", "i");
    String byIdIndex =
        """
         and i.id in (select c.id from dataset.item c where c.dataset_id = :dataset and %s
        """
            .formatted(id.formatted("c", "c"));
    if (words == null) {
      fits.append(" and ").append(byId);
      candidates.append(byIdIndex).append(")");
      return;
    }
    values.put("words", words);
    String match = "%s.text is not null and " + WORDS + " @@ cast(:words as tsquery)";
    fits.append(" and (%s or %s)".formatted(byId, match.formatted("i", "i")));
    candidates
        .append(byIdIndex)
        .append(" union all select c.id from dataset.item c where " + OURS + " and ")
        .append(match.formatted("c", "c"))
        .append(")");
  }

  private static String words(Handle handle, String text) {
    return handle
        .createQuery(
            """
            select case when numnode(q) > 0 then q::text || ':*' end
            from plainto_tsquery('simple', :text) q
            """)
        .bind("text", text)
        .mapTo(String.class)
        .one();
  }

  private void label(String label) {
    values.put("label", label);
    fits.append(" and :label = any(").append(LABELS).append(")");
    candidates.append(
        """
         and i.id in (select c.id from dataset.item c where (c.dataset_id = :dataset) is true
            and c.known_labels is not null and c.known_labels @> array[cast(:label as text)]
          union all select l.item_id from dataset.item_label l
          where l.labels @> array[cast(:label as text)] and l.version <= :version)
        """);
  }

  /** A value is compared as text; numbers and truth values are kept as such. */
  private void metadata(String key, String value) {
    values.put("key", key);
    if (value.isEmpty()) {
      fits.append(" and jsonb_exists(i.metadata, :key)");
      candidates.append(
          """
           and i.id in (select c.id from dataset.item c where (c.dataset_id = :dataset) is true
            and c.metadata <> '{}' and c.metadata ?? :key)
          """);
      return;
    }
    values.put("value", value);
    fits.append(" and i.metadata ->> :key = :value");
    String typed =
        value.matches("-?(0|[1-9][0-9]{0,30})([.][0-9]{1,30})?|true|false")
            ? " or c.metadata @> jsonb_build_object(:key, cast(:value as jsonb))"
            : "";
    candidates
        .append(" and i.id in (select c.id from dataset.item c where ")
        .append(OURS)
        .append(" and c.metadata <> '{}'")
        .append(" and (c.metadata @> jsonb_build_object(:key, cast(:value as text))")
        .append(typed)
        .append("))");
  }
}
