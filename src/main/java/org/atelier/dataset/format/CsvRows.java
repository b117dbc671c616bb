package org.atelier.dataset.format;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a CSV file's header and then its records, refusing single records. Not thread-safe. */
final class CsvRows implements Closeable {

  /** Receives what comes after the header, in file order. */
  interface Handler {

    /** Called once, first; column names are stripped and differ from each other. */
    void header(List<String> names) throws IOException;

    /** A record with as many fields as the header. */
    void row(long line, List<String> fields) throws IOException;

    void refused(long line, List<String> fields, String reason) throws IOException;
  }

  private final String name;
  private final StrictReader decoded;
  private final CsvRecordGuard guard;
  private final CsvReader<CsvRecord> csv;
  private int columns = -1;

  /**
   * @param charset as whoever sends the file said; null for UTF-8 where nothing else can be said
   */
  CsvRows(InputStream in, String name, char separator, Charset charset, RowLimits limits) {
    this.name = name;
    Charset known = charset == null ? StandardCharsets.UTF_8 : charset;
    this.decoded = new StrictReader(in, name, known, charset != null);
    this.guard = new CsvRecordGuard(decoded, separator, limits.rowCharacters());
    this.csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(limits.rowCharacters() + 16)
            .build(
                CsvRecordHandler.builder()
                    .maxFields(limits.rowCharacters())
                    .maxFieldSize(limits.rowCharacters())
                    .maxRecordSize(limits.rowCharacters())
                    .build(),
                guard);
  }

  /** Bytes read so far. */
  long position() {
    return decoded.position();
  }

  void read(Handler handler) throws IOException {
    try {
      readAll(handler);
    } catch (UncheckedIOException wrapped) {
      throw wrapped.getCause();
    }
  }

  private void readAll(Handler handler) throws IOException {
    for (CsvRecord record : csv) {
      passRefusals(record.getStartingLineNumber(), handler);
      if (columns < 0) {
        header(record, handler);
      } else if (record.getFieldCount() == columns) {
        handler.row(record.getStartingLineNumber(), record.getFields());
      } else {
        handler.refused(
            record.getStartingLineNumber(),
            record.getFields(),
            "The row has %d fields, the header %d".formatted(record.getFieldCount(), columns));
      }
    }
    passRefusals(Long.MAX_VALUE, handler);
    if (columns < 0) {
      throw new UnreadableSourceException(name + ": line 1: expected a header, found nothing");
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }

  private void header(CsvRecord record, Handler handler) throws IOException {
    List<String> names = record.getFields().stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String column : names) {
      if (!seen.add(column)) {
        throw new UnreadableSourceException(
            "%s: line 1: the column \"%s\" occurs twice".formatted(name, column));
      }
    }
    columns = names.size();
    handler.header(names);
  }

  private void passRefusals(long line, Handler handler) throws IOException {
    for (var refusal = guard.refusalBefore(line);
        refusal != null;
        refusal = guard.refusalBefore(line)) {
      if (columns < 0) {
        throw new UnreadableSourceException(
            "%s: line %,d: the header cannot be read. %s"
                .formatted(name, refusal.line(), refusal.reason()));
      }
      handler.refused(refusal.line(), null, refusal.reason());
    }
  }

  /**
   * Finds a column.
   *
   * @return its index, −1 for null
   * @throws UnreadableSourceException when a named column is missing
   */
  static int find(List<String> names, String column, String file) throws UnreadableSourceException {
    if (column == null) {
      return -1;
    }
    int index = names.indexOf(column);
    if (index < 0) {
      throw new UnreadableSourceException(
          "%s: line 1: there is no column \"%s\"; the columns are %s"
              .formatted(file, column, String.join(", ", names)));
    }
    return index;
  }
}
