package org.atelier.dataset.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.ViewRef;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads items with their views and labels from one row each. */
public final class ItemRows implements RowMapper<ItemRow> {

  /** Columns for {@link #map}; needs item alias {@code i} and a bound {@code :version}. */
  public static final String COLUMNS =
      """
      i.id, i.dataset_id, i.ordinal, i.external_id, i.kind, i.text, i.metadata::text as metadata,
      coalesce((select l.labels from dataset.item_label l where l.item_id = i.id
        and l.version <= :version order by l.version desc limit 1), i.known_labels) as labels,
      case when i.kind = 'IMAGE' then (select array_agg(
          v.sha256 || ' ' || v.width || ' ' || v.height || ' ' || v.name order by v.position)
        from dataset.item_view v where v.item_id = i.id) end as views
      """;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ItemRow map(ResultSet row, StatementContext context) throws SQLException {
    return new ItemRow(
        row.getObject("id", UUID.class),
        row.getObject("dataset_id", UUID.class),
        row.getInt("ordinal"),
        row.getString("external_id"),
        ItemKind.valueOf(row.getString("kind")),
        row.getString("text"),
        views(row.getArray("views")),
        metadata(row.getString("metadata")),
        strings(row.getArray("labels")));
  }

  private static Map<String, Object> metadata(String json) {
    if (json.equals("{}")) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds metadata that is no JSON object", e);
    }
  }

  private static List<ViewRef> views(Array array) throws SQLException {
    List<String> texts = strings(array);
    if (texts == null) {
      return List.of();
    }
    List<ViewRef> views = new ArrayList<>(texts.size());
    for (String text : texts) {
      String[] parts = text.split(" ", 4);
      views.add(
          new ViewRef(parts[3], parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
    return List.copyOf(views);
  }

  private static List<String> strings(Array array) throws SQLException {
    return array == null ? null : Arrays.asList((String[]) array.getArray());
  }
}
