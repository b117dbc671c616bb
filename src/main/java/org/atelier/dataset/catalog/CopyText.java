package org.atelier.dataset.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows for COPY in its text format. Source: PostgreSQL manual, COPY, "Text Format". */
final class CopyText {

  private static final int FLUSH_AT = 1 << 20;

  private final StringBuilder rows = new StringBuilder(1 << 16);
  private final CopyIn copy;
  private boolean fieldBefore;

  private CopyText(CopyIn copy) {
    this.copy = copy;
  }

  /** Writes rows on the handle's connection, inside its transaction. */
  static void write(Handle handle, String into, Rows rows) {
    try {
      PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
      CopyIn copy = connection.getCopyAPI().copyIn("copy " + into + " from stdin");
      CopyText text = new CopyText(copy);
      try {
        rows.to(text);
        text.flush();
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new org.jdbi.v3.core.statement.UnableToExecuteStatementException(
          "Rows cannot be copied into " + into, e, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives rows. */
  interface Rows {
    void to(CopyText out) throws SQLException, IOException;
  }

  CopyText field(String value) {
    separate();
    if (value == null) {
      rows.append("\\N");
    } else {
      escape(value);
    }
    return this;
  }

  CopyText field(UUID value) {
    separate();
    rows.append(value == null ? "\\N" : value.toString());
    return this;
  }

  CopyText field(long value) {
    separate();
    rows.append(value);
    return this;
  }

  CopyText none() {
    separate();
    rows.append("\\N");
    return this;
  }

  CopyText bytes(byte[] value) {
    separate();
    rows.append("\\\\x");
    for (byte b : value) {
      rows.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return this;
  }

  CopyText array(List<String> values) {
    if (values == null) {
      return none();
    }
    StringBuilder array = new StringBuilder("{");
    for (String value : values) {
      array.append(array.length() == 1 ? "\"" : ",\"");
      array.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return field(array.append('}').toString());
  }

  void end() throws SQLException {
    rows.append('\n');
    fieldBefore = false;
    if (rows.length() > FLUSH_AT) {
      flush();
    }
  }

  private void flush() throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    rows.setLength(0);
  }

  private void separate() {
    if (fieldBefore) {
      rows.append('\t');
    }
    fieldBefore = true;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        default -> rows.append(c);
      }
    }
  }
}
