package org.atelier.dataset.intake;

import java.util.List;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The statements of refused rows; every one on the handle of the caller's transaction. */
final class Refusals {

  private Refusals() {}

  static void add(Handle h, UUID id, List<RefusedRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        h.prepareBatch(
            """
            insert into dataset.refusal (import_id, row_number, part, external_id, reason)
            values (:import, :row, :part, :external, :reason) on conflict do nothing
            """);
    for (RefusedRow row : rows) {
      batch
          .bind("import", id)
          .bind("row", row.rowNumber())
          .bind("part", row.part())
          .bind("external", printable(row.externalId()))
          .bind("reason", printable(row.reason()))
          .add();
    }
    batch.execute();
  }

  /** Texts as the database can keep them, cut after 1,000 characters. */
  static String[] printable(List<String> texts) {
    return texts.stream().map(Refusals::printable).toArray(String[]::new);
  }

  static String printable(String text) {
    if (text == null || text.length() <= 1000 && RowPreparation.storable(text)) {
      return text;
    }
    String shorter = text.length() > 1000 ? text.substring(0, 1000) + "…" : text;
    StringBuilder clean = new StringBuilder();
    shorter
        .chars()
        .forEach(c -> clean.append(c == 0 || Character.isSurrogate((char) c) ? '?' : (char) c));
    return clean.toString();
  }

  /** Refused rows in order, after the given one. */
  static List<RefusedRow> after(Handle h, UUID id, long afterRow, int afterPart, int limit) {
    return h.createQuery(
            """
            select row_number, part, external_id, reason from dataset.refusal
            where import_id = :id and (row_number, part) > (:row, :part)
            order by row_number, part limit :limit
            """)
        .bind("id", id)
        .bind("row", afterRow)
        .bind("part", afterPart)
        .bind("limit", limit)
        .map(RecordMapper.of(RefusedRow.class))
        .list();
  }
}
