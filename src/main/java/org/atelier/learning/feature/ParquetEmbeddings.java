package org.atelier.learning.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Embeddings as Parquet: the columns {@code id} and {@code embedding}, a list of numbers. What the
 * file says of itself is checked before its values are read, since a few bytes can stand for more
 * numbers than a server has memory.
 */
final class ParquetEmbeddings {

  /** Some two thousand rows are in memory at a time, so this bounds the memory. */
  static final int MOST_NUMBERS = 8_192;

  private static final int ROWS_PER_BYTE = 10;
  private static final int NUMBERS_PER_BYTE = 1_000;
  private static final long ALWAYS_FINE = 1_000_000;
  private static final String NUMBERS =
      "(FLOAT|DOUBLE|DECIMAL\\(.*\\)|U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)\\[\\d*]";
  private static final String COLUMNS =
      "It needs the columns id and embedding, the second a list of numbers.";

  private final Path file;
  private final String name;

  private ParquetEmbeddings(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  static void read(Path file, String name, EmbeddingReader.Rows rows) throws IOException {
    new ParquetEmbeddings(file, name).read(rows);
  }

  private void read(EmbeddingReader.Rows rows) throws IOException {
    Properties settings = new Properties();
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "512MB");
    settings.setProperty("temp_directory", "");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try (Connection database = new DuckDBDriver().connect("jdbc:duckdb:", settings)) {
      checkColumns(database);
      checkSize(database);
      readRows(database, rows);
    } catch (SQLException broken) {
      throw new UnusableFileException(
          name
              + " cannot be read as Parquet: it is damaged, cut off, encrypted or compressed in a"
              + " way that is not known here. Write it again, for example with pyarrow, and send"
              + " it once more.");
    }
  }

  private void checkColumns(Connection database) throws SQLException, IOException {
    Map<String, String> types = new LinkedHashMap<>();
    try (PreparedStatement query = query(database, "describe select * from read_parquet(?)");
        ResultSet columns = query.executeQuery()) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
    }
    if (!types.containsKey("id") || !types.containsKey("embedding")) {
      List<String> found = new ArrayList<>(types.keySet());
      throw new UnusableFileException(
          "%s: %s It has %s."
              .formatted(
                  name,
                  COLUMNS,
                  EmbeddingReader.shown(String.join(", ", found.subList(0, most(found))))));
    }
    if (!types.get("embedding").matches(NUMBERS)) {
      throw new UnusableFileException(
          "%s: the column embedding is of type %s. %s"
              .formatted(name, EmbeddingReader.shown(types.get("embedding")), COLUMNS));
    }
  }

  private static int most(List<String> found) {
    return Math.min(20, found.size());
  }

  private void checkSize(Connection database) throws SQLException, IOException {
    long size = Files.size(file);
    String sql =
        """
        select row_group_id, max(row_group_num_rows), max(num_values)
        from parquet_metadata(?) group by row_group_id
        """;
    long allRows = 0;
    long allNumbers = 0;
    try (PreparedStatement query = query(database, sql);
        ResultSet groups = query.executeQuery()) {
      while (groups.next()) {
        long rows = groups.getLong(2);
        long numbers = groups.getLong(3);
        if (rows < 0 || numbers < 0 || numbers / Math.max(1, rows) > MOST_NUMBERS) {
          throw tooWide();
        }
        allRows = Math.addExact(allRows, rows);
        allNumbers = Math.addExact(allNumbers, numbers);
      }
    } catch (ArithmeticException beyondAllNumbers) {
      allRows = Long.MAX_VALUE;
    }
    if (allRows > Math.max(ALWAYS_FINE, size * ROWS_PER_BYTE)
        || allNumbers > Math.max(ALWAYS_FINE, size * NUMBERS_PER_BYTE)) {
      throw new UnusableFileException(
          "%s: its %,d bytes stand for %,d rows with %,d numbers, which cannot be embeddings of different items."
              .formatted(name, size, allRows, allNumbers));
    }
  }

  private UnusableFileException tooWide() {
    return new UnusableFileException(
        "%s: its rows have more than %,d numbers each. Bring such embeddings as an npy file."
            .formatted(name, MOST_NUMBERS));
  }

  private void readRows(Connection database, EmbeddingReader.Rows rows)
      throws SQLException, IOException {
    String sql =
        """
        select left(cast(id as varchar), %d), len(embedding),
          case when len(embedding) <= %d then cast(embedding as double[]) end
        from read_parquet(?)
        """
            .formatted(EmbeddingReader.LONGEST_ID + 1, MOST_NUMBERS);
    try (PreparedStatement query = query(database, sql);
        ResultSet result = query.executeQuery()) {
      for (long row = 1; result.next(); row++) {
        String id = result.getString(1);
        long length = result.getLong(2);
        if (length > MOST_NUMBERS) {
          EmbeddingReader.refuse(
              row, id, "it has %,d numbers; at most %,d".formatted(length, MOST_NUMBERS), rows);
        } else {
          pass(row, id, result.getArray(3), rows);
        }
      }
    }
  }

  private static void pass(long row, String id, Array array, EmbeddingReader.Rows rows)
      throws SQLException, IOException {
    Object[] list = array == null ? new Object[0] : (Object[]) array.getArray();
    float[] values = new float[list.length];
    for (int j = 0; j < values.length; j++) {
      if (!(list[j] instanceof Number number)) {
        EmbeddingReader.refuse(row, id, "value " + (j + 1) + " is missing", rows);
        return;
      }
      values[j] = number.floatValue();
    }
    EmbeddingReader.pass(row, id, values, rows);
  }

  private PreparedStatement query(Connection database, String sql) throws SQLException {
    PreparedStatement query = database.prepareStatement(sql);
    query.setString(1, file.toAbsolutePath().toString());
    return query;
  }
}
