package org.atelier.platform.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup file holds, its last entry.
 *
 * @param format 1
 * @param schemaVersion version of the last migration the tables had
 * @param serverVersion PostgreSQL's version the data came from
 * @param sequences where each sequence stands
 * @param missing objects that were listed but gone when they were to be read
 */
record Manifest(
    int format,
    Instant takenAt,
    String schemaVersion,
    String serverVersion,
    List<Table> tables,
    List<Sequence> sequences,
    long objects,
    long objectBytes,
    List<String> missing,
    List<String> keys) {

  static final int FORMAT = 1;
  static final String ENTRY = "manifest.json";

  /**
   * One table.
   *
   * @param columns in the order of the data
   * @param sha256 digest of the entry, so that damage is noticed before it is committed
   */
  record Table(String schema, String name, List<String> columns, long rows, String sha256) {

    String entry() {
      return "tables/" + schema + "." + name + ".copy";
    }

    String quoted() {
      return Sql.quote(schema) + "." + Sql.quote(name);
    }

    /** {@code schema.table (a, b)} as COPY wants it. */
    String target() {
      return quoted() + " (" + String.join(", ", columns.stream().map(Sql::quote).toList()) + ")";
    }
  }

  /** Where a sequence stands; value null when it was never used. */
  record Sequence(String schema, String name, Long value) {}
}
