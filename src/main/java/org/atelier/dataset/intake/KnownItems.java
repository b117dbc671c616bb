package org.atelier.dataset.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.catalog.NewItem;
import org.jdbi.v3.core.Handle;

/**
 * Knows which external ids and contents a dataset has, deleted ones included. Hashes in memory say
 * quickly that something is new; only what may be known is looked up. Not thread-safe.
 */
final class KnownItems {

  private static final int STREAMED = 10_000;

  /** Two look-ups by index; one condition on either would read the whole dataset every time. */
  static final String LOOK_UP =
      """
      select i.external_id, i.digest, i.known_labels, t.reason
      from (
        select i.id from unnest(:ids) asked
        join dataset.item i on i.dataset_id = :dataset and i.external_id = asked
        union
        select i.id from unnest(:digests) asked
        join dataset.item i on i.dataset_id = :dataset and i.digest = decode(asked, 'hex')
      ) found
      join dataset.item i on i.id = found.id
      left join dataset.tombstone t on t.item_id = i.id
      order by i.ordinal
      """;

  private final UUID dataset;
  private final LongHashes hashes = new LongHashes();

  /** Reads what the dataset has; only one import adds to a dataset at a time. */
  KnownItems(Handle handle, UUID dataset) {
    this.dataset = dataset;
    try (var rows =
        handle
            .createQuery(
                """
                select external_id, digest from dataset.item where dataset_id = :dataset
                """)
            .bind("dataset", dataset)
            .setFetchSize(STREAMED)
            .map((row, context) -> new Known(row.getString(1), row.getBytes(2), null, null))
            .stream()) {
      rows.forEach(known -> remember(known.externalId, known.digest));
    }
  }

  /** What a row turned out to be. */
  enum Finding {
    NEW,
    PRESENT,
    REFUSED
  }

  /** What a row turned out to be and, for a refused one, why. */
  record Verdict(Finding finding, String reason) {

    static final Verdict NEW = new Verdict(Finding.NEW, null);
    static final Verdict PRESENT = new Verdict(Finding.PRESENT, null);
  }

  /** Judges rows in their order, each against the dataset and the rows before it. */
  List<Verdict> judge(Handle handle, List<NewItem> items) {
    Map<Object, Known> known = lookUp(handle, items);
    List<Verdict> verdicts = new ArrayList<>(items.size());
    for (NewItem item : items) {
      Verdict verdict = judge(known, item);
      verdicts.add(verdict);
      if (verdict.finding == Finding.NEW) {
        Known added = new Known(item.externalId(), item.digest(), item.labels(), null);
        known.put(item.externalId(), added);
        known.put(ByteBuffer.wrap(item.digest()), added);
      }
    }
    return verdicts;
  }

  /** Remembers what was written; call after the transaction committed. */
  void remember(List<NewItem> items) {
    items.forEach(item -> remember(item.externalId(), item.digest()));
  }

  private static Verdict judge(Map<Object, Known> known, NewItem item) {
    Known sameId = known.get(item.externalId());
    Known sameContent = known.get(ByteBuffer.wrap(item.digest()));
    if (sameId != null && sameId.tombstone != null
        || sameContent != null && sameContent.tombstone != null) {
      Known deleted = sameId != null && sameId.tombstone != null ? sameId : sameContent;
      return new Verdict(
          Finding.REFUSED,
          "It was deleted from this dataset (" + deleted.tombstone + ") and does not come back");
    }
    if (sameId != null) {
      return Arrays.equals(sameId.digest, item.digest())
          ? there(sameId, item)
          : new Verdict(
              Finding.REFUSED,
              "The id " + item.externalId() + " is taken by an item with other content");
    }
    if (sameContent != null) {
      return new Verdict(
          Finding.REFUSED, "It has the same content as the item " + sameContent.externalId);
    }
    return Verdict.NEW;
  }

  /** A label that would be lost in silence is a reason to refuse the row. */
  private static Verdict there(Known known, NewItem item) {
    if (item.labels() == null
        || known.labels != null && Set.copyOf(known.labels).equals(Set.copyOf(item.labels()))) {
      return Verdict.PRESENT;
    }
    String has =
        known.labels == null || known.labels.isEmpty()
            ? "without a label"
            : "with the label " + String.join(", ", known.labels);
    return new Verdict(
        Finding.REFUSED,
        "It is there already, %s; an import does not change the labels of items".formatted(has));
  }

  private Map<Object, Known> lookUp(Handle handle, List<NewItem> items) {
    List<String> ids = new ArrayList<>();
    List<byte[]> digests = new ArrayList<>();
    for (NewItem item : items) {
      if (hashes.contains(hash(item.externalId()))) {
        ids.add(item.externalId());
      }
      if (hashes.contains(hash(item.digest()))) {
        digests.add(item.digest());
      }
    }
    Map<Object, Known> known = new HashMap<>();
    if (ids.isEmpty() && digests.isEmpty()) {
      return known;
    }
    handle
        .createQuery(LOOK_UP)
        .bind("dataset", dataset)
        .bind("ids", ids.toArray(String[]::new))
        .bind(
            "digests",
            digests.stream().map(java.util.HexFormat.of()::formatHex).toArray(String[]::new))
        .map(
            (row, context) ->
                new Known(
                    row.getString(1), row.getBytes(2), labels(row.getArray(3)), row.getString(4)))
        .forEach(
            row -> {
              known.put(row.externalId, row);
              known.putIfAbsent(ByteBuffer.wrap(row.digest), row);
            });
    return known;
  }

  private void remember(String externalId, byte[] digest) {
    hashes.add(hash(externalId));
    hashes.add(hash(digest));
  }

  private static long hash(String externalId) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : externalId.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    return hash;
  }

  private static long hash(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }

  private static List<String> labels(Array labels) throws SQLException {
    return labels == null ? null : List.of((String[]) labels.getArray());
  }

  private record Known(String externalId, byte[] digest, List<String> labels, String tombstone) {}
}
