package org.atelier.dataset.export;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ViewRef;
import org.jdbi.v3.core.Handle;

/** Items of a version beside their labels, both streamed in order of the ordinals. */
final class ExportRows implements AutoCloseable {

  private static final int STREAMED = 5_000;

  private final Stream<ExportItem> itemStream;
  private final Stream<ItemLabel> labelStream;
  private final Iterator<ExportItem> items;
  private final Iterator<ItemLabel> labels;
  private ItemLabel label;

  private ExportRows(Stream<ExportItem> items, Stream<ItemLabel> labels) {
    this.itemStream = items;
    this.labelStream = labels;
    this.items = items.iterator();
    this.labels = labels.iterator();
    this.label = this.labels.hasNext() ? this.labels.next() : null;
  }

  static ExportRows open(Handle h, ExportService.Prepared export) {
    ExportFacts facts = export.facts();
    boolean image = facts.isImage();
    boolean known = facts.version().labeled() > 0;
    String sql =
        "select i.id, i.ordinal, i.external_id, i.text, i.metadata::text, i.source_line, "
            + (known ? KNOWN : "null::text[], null, null::uuid, ")
            + (image ? VIEWS : "null::text[]")
            + " as views"
            + """
             from dataset.item i
            """
            + (known ? NEWEST : "")
            + """
             where i.dataset_id = :dataset and i.added_in <= :version
              and i.removed_in is null order by i.ordinal
            """;
    var query = h.createQuery(sql).bind("dataset", facts.dataset().id());
    query.bind("version", facts.version().number()).setFetchSize(STREAMED);
    Stream<ExportItem> items = query.map((row, context) -> item(row)).stream();
    Stream<ItemLabel> labels =
        export.source() == null
            ? Stream.empty()
            : export
                .source()
                .labels(
                    export.request().project().id(),
                    facts.source().id(),
                    export.request().format() == ExportFormat.JSONL);
    return new ExportRows(items, labels);
  }

  private static final String KNOWN =
      """
      coalesce(l.labels, i.known_labels), l.source, l.job_id,\s
      """;
  private static final String NEWEST =
      """
      left join lateral (select labels, source, job_id from dataset.item_label
        where item_id = i.id and version <= :version order by version desc limit 1) l on true
      """;
  private static final String VIEWS =
      """
      (select array_agg(v.sha256 || ' ' || v.width || ' ' || v.height || ' ' || v.name
        order by v.position) from dataset.item_view v where v.item_id = i.id)
      """;

  private static ExportItem item(ResultSet row) throws SQLException {
    List<ViewRef> views = new ArrayList<>();
    List<String> parts = strings(row.getArray(10));
    if (parts != null) {
      for (String part : parts) {
        String[] view = part.split(" ", 4);
        views.add(
            new ViewRef(view[3], view[0], Integer.parseInt(view[1]), Integer.parseInt(view[2])));
      }
    }
    return new ExportItem(
        row.getObject(1, UUID.class),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        views,
        strings(row.getArray(7)),
        row.getString(8) == null ? null : ItemLabel.Source.valueOf(row.getString(8)),
        row.getObject(9, UUID.class),
        null);
  }

  private static List<String> strings(Array array) throws SQLException {
    return array == null ? null : Arrays.asList((String[]) array.getArray());
  }

  /** The next item with its label, null at the end. */
  ExportItem next() {
    if (!items.hasNext()) {
      return null;
    }
    ExportItem item = items.next();
    while (label != null && label.ordinal() < item.ordinal()) {
      label = labels.hasNext() ? labels.next() : null;
    }
    if (label == null || label.ordinal() != item.ordinal()) {
      return item;
    }
    return new ExportItem(
        item.id(),
        item.ordinal(),
        item.externalId(),
        item.text(),
        item.metadata(),
        item.line(),
        item.views(),
        item.known(),
        item.knownSource(),
        item.knownJob(),
        label);
  }

  @Override
  public void close() {
    try {
      labelStream.close();
    } finally {
      itemStream.close();
    }
  }
}
