package org.atelier.learning.feature;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Embeddings as CSV: a header, the id first, then a number per column. */
final class CsvEmbeddings {

  static final int MOST_NUMBERS = 16_384;
  private static final int LONGEST_CELL = 1 << 16;
  private static final int LONGEST_ROW = 1 << 22;

  private CsvEmbeddings() {}

  static void read(Path file, String name, EmbeddingReader.Rows rows) throws IOException {
    try (CsvReader<CsvRecord> reader = reader(file)) {
      Iterator<CsvRecord> records = reader.iterator();
      CsvRecord header = next(records, name);
      if (header == null) {
        throw new UnusableFileException(
            name + " is empty: it needs a header and then a row per item.");
      }
      if (header.getFieldCount() < 2) {
        throw new UnusableFileException(
            name
                + ": line 1: the header needs the id first and a column per number after it,"
                + " separated by commas.");
      }
      long row = 1;
      for (CsvRecord one = next(records, name); one != null; one = next(records, name)) {
        pass(row++, one, rows);
      }
    }
  }

  private static void pass(long row, CsvRecord fields, EmbeddingReader.Rows rows)
      throws IOException {
    String id = fields.getField(0);
    float[] values = new float[fields.getFieldCount() - 1];
    for (int j = 0; j < values.length; j++) {
      try {
        values[j] = Float.parseFloat(fields.getField(j + 1));
      } catch (NumberFormatException notANumber) {
        EmbeddingReader.refuse(row, id, "column " + (j + 2) + " is not a number", rows);
        return;
      }
    }
    EmbeddingReader.pass(row, id, values, rows);
  }

  /** Reads UTF-8 only, and holds one row of bounded size at a time. */
  static CsvReader<CsvRecord> reader(Path file) throws IOException {
    return CsvReader.builder()
        .allowExtraFields(true)
        .allowMissingFields(true)
        .build(
            CsvRecordHandler.builder()
                .maxFields(MOST_NUMBERS + 1)
                .maxFieldSize(LONGEST_CELL)
                .maxRecordSize(LONGEST_ROW)
                .build(),
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
  }

  /**
   * The next row, null after the last.
   *
   * @throws UnusableFileException naming the file, the line and what to do
   */
  static CsvRecord next(Iterator<CsvRecord> records, String name) throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException | UncheckedIOException broken) {
      if (broken.getCause() instanceof CharacterCodingException) {
        throw new UnusableFileException(
            name + " is not UTF-8. Save it as UTF-8 and send it again.");
      }
      throw new UnusableFileException(
          ("%s: %s. A row may have %,d numbers and %,d characters, a cell %,d characters: look for a"
                  + " quotation mark that is not closed, or bring wider rows as an npy file.")
              .formatted(name, place(broken), MOST_NUMBERS, LONGEST_ROW, LONGEST_CELL));
    }
  }

  private static String place(Exception broken) {
    String message = String.valueOf(broken.getMessage());
    int line = message.lastIndexOf("line ");
    return line < 0
        ? "the first row cannot be read"
        : "the row that begins in " + message.substring(line) + " cannot be read";
  }
}
