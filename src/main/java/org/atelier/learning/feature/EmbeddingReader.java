package org.atelier.learning.feature;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Reads embeddings keyed by external id, row by row in bounded memory.
 *
 * <p>CSV: header required, first column the id, every further column one number. Parquet: columns
 * {@code id} and {@code embedding} (a list of numbers). npy: rows × features beside a file of ids,
 * which is plain text with one id a line (ending {@code .txt}) or a CSV with a header whose first
 * column is the id.
 */
public final class EmbeddingReader {

  private EmbeddingReader() {}

  /** Receives rows in the order of the file. */
  public interface Rows {

    /**
     * A row of finite numbers; the array is the receiver's.
     *
     * @param row from 1, headers not counted
     */
    void row(long row, String id, float[] values) throws IOException;

    /** A row that cannot be used, and why. */
    void refused(long row, String id, String reason) throws IOException;
  }

  /**
   * @throws IOException when the file as a whole cannot be used, in words for people
   */
  public static void csv(Path file, Rows rows) throws IOException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().allowExtraFields(true).allowMissingFields(true).ofCsvRecord(file)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw new IOException("The CSV is empty: it needs a header and a row per item.");
      }
      if (records.next().getFieldCount() < 2) {
        throw new IOException(
            "The CSV needs a header with the id first and a column per number after it.");
      }
      for (long row = 1; records.hasNext(); row++) {
        csvRow(row, records.next(), rows);
      }
    } catch (CsvParseException | UncheckedIOException broken) {
      throw new IOException("The CSV cannot be read: " + reason(broken), broken);
    }
  }

  private static void csvRow(long row, CsvRecord fields, Rows rows) throws IOException {
    String id = fields.getField(0);
    float[] values = new float[fields.getFieldCount() - 1];
    for (int j = 0; j < values.length; j++) {
      try {
        values[j] = Float.parseFloat(fields.getField(j + 1));
      } catch (NumberFormatException notANumber) {
        rows.refused(row, id, "column " + (j + 2) + " is not a number");
        return;
      }
    }
    pass(row, id, values, rows);
  }

  /**
   * @throws IOException as {@link #csv}
   */
  public static void parquet(Path file, Rows rows) throws IOException {
    try (Connection database = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        PreparedStatement query =
            database.prepareStatement(
                "select cast(id as varchar), cast(embedding as float[]) from read_parquet(?)")) {
      query.setString(1, file.toAbsolutePath().toString());
      try (ResultSet result = query.executeQuery()) {
        for (long row = 1; result.next(); row++) {
          parquetRow(row, result.getString(1), result.getArray(2), rows);
        }
      }
    } catch (SQLException broken) {
      throw new IOException(
          "The Parquet file needs the columns id and embedding (a list of numbers).", broken);
    }
  }

  private static void parquetRow(long row, String id, Array array, Rows rows)
      throws SQLException, IOException {
    if (array == null) {
      rows.refused(row, id, "the embedding is empty");
      return;
    }
    Object[] list = (Object[]) array.getArray();
    float[] values = new float[list.length];
    for (int j = 0; j < values.length; j++) {
      if (!(list[j] instanceof Number number)) {
        rows.refused(row, id, "value " + (j + 1) + " is missing");
        return;
      }
      values[j] = number.floatValue();
    }
    pass(row, id, values, rows);
  }

  /**
   * @param ids ids in the order of the rows
   * @param idsName the name the file of ids has, which says how it is written
   * @throws IOException as {@link #csv}; also when the numbers of ids and rows differ
   */
  public static void npy(Path file, Path ids, String idsName, Rows rows) throws IOException {
    int announced = NpyFile.rows(file);
    long named = countIds(ids, idsName);
    if (named != announced) {
      throw new IOException(
          "The npy file has %,d rows and the file of ids has %,d ids: one id belongs to each row."
              .formatted(announced, named));
    }
    try (Ids names = Ids.open(ids, idsName)) {
      NpyFile.read(file, (row, values) -> pass(row + 1L, names.next(), values, rows));
    }
  }

  private static long countIds(Path ids, String name) throws IOException {
    long count = 0;
    try (Ids names = Ids.open(ids, name)) {
      while (names.next() != null) {
        count++;
      }
    }
    return count;
  }

  private static void pass(long row, String id, float[] values, Rows rows) throws IOException {
    if (id == null || id.isEmpty()) {
      rows.refused(row, "", "the id is missing");
      return;
    }
    if (values.length == 0) {
      rows.refused(row, id, "the embedding is empty");
      return;
    }
    for (int j = 0; j < values.length; j++) {
      if (!Float.isFinite(values[j])) {
        rows.refused(row, id, "value " + (j + 1) + " is not a finite number");
        return;
      }
    }
    rows.row(row, id, values);
  }

  private static String reason(Exception broken) {
    return broken.getCause() instanceof CharacterCodingException
        ? "it is not UTF-8"
        : broken.getMessage();
  }

  /** The ids of an npy file, one after the other. */
  private interface Ids extends AutoCloseable {

    /** Null after the last. */
    String next() throws IOException;

    @Override
    void close() throws IOException;

    static Ids open(Path file, String name) throws IOException {
      return name.toLowerCase(java.util.Locale.ROOT).endsWith(".csv")
          ? new CsvIds(file)
          : new LineIds(Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }
  }

  private record LineIds(BufferedReader lines) implements Ids {
    @Override
    public String next() throws IOException {
      try {
        return lines.readLine();
      } catch (CharacterCodingException broken) {
        throw new IOException("The file of ids is not UTF-8.", broken);
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private static final class CsvIds implements Ids {
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;

    CsvIds(Path file) throws IOException {
      reader =
          CsvReader.builder().allowExtraFields(true).allowMissingFields(true).ofCsvRecord(file);
      records = reader.iterator();
      next();
    }

    @Override
    public String next() throws IOException {
      try {
        return records.hasNext() ? records.next().getField(0) : null;
      } catch (CsvParseException | UncheckedIOException broken) {
        throw new IOException("The file of ids cannot be read: " + reason(broken), broken);
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
