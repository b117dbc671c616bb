package org.atelier.learning.feature;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/**
 * Imported embeddings keyed by external id.
 *
 * <p>CSV: first column the id, every further column one number, header required. Parquet: columns
 * {@code id} and {@code embedding} (a list of numbers). Both are brought into item order; ids that
 * are not asked for are passed over.
 */
public final class EmbeddingTable {
  private EmbeddingTable() {}

  /**
   * Reads a file by its ending, {@code .csv} or {@code .parquet}.
   *
   * @param ids external ids in item order, distinct
   * @return one row per id
   * @throws IOException naming file, row and column of what cannot be used, or the first id without
   *     an embedding
   */
  public static FeatureMatrix read(Path file, List<String> ids) throws IOException {
    Map<String, Integer> positions = new HashMap<>();
    for (String id : ids) {
      positions.put(id, positions.size());
    }
    float[][] rows = new float[ids.size()][];
    String name = file.getFileName().toString();
    if (name.endsWith(".parquet")) {
      parquet(file, positions, rows);
    } else if (name.endsWith(".csv")) {
      csv(file, positions, rows);
    } else {
      throw new IOException(file + ": embeddings are .npy, .csv or .parquet");
    }
    int columns = -1;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        throw new IOException(file + ": no embedding for " + ids.get(i));
      }
      columns = columns < 0 ? rows[i].length : columns;
      if (rows[i].length != columns || columns == 0) {
        throw new IOException(
            file + ": " + ids.get(i) + " has " + rows[i].length + " numbers instead of " + columns);
      }
    }
    return new HeapFeatures(rows, Math.max(1, columns), Math.max(1, columns));
  }

  private static void csv(Path file, Map<String, Integer> positions, float[][] rows)
      throws IOException {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (records.hasNext()) {
        records.next();
      }
      while (records.hasNext()) {
        CsvRecord row = records.next();
        Integer position = positions.get(row.getField(0));
        if (position != null) {
          rows[position] = numbers(file, row);
        }
      }
    } catch (CsvParseException | UncheckedIOException broken) {
      throw new IOException(file + ": is not a readable CSV", broken);
    }
  }

  private static float[] numbers(Path file, CsvRecord row) throws IOException {
    float[] values = new float[row.getFieldCount() - 1];
    for (int j = 0; j < values.length; j++) {
      String where = file + ", row " + row.getStartingLineNumber() + ", column " + (j + 2);
      try {
        values[j] = finite(Float.parseFloat(row.getField(j + 1)), where);
      } catch (NumberFormatException notANumber) {
        throw new IOException(where + ": not a number", notANumber);
      }
    }
    return values;
  }

  private static float finite(float value, String where) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException(where + ": not a finite number");
    }
    return value;
  }

  private static void parquet(Path file, Map<String, Integer> positions, float[][] rows)
      throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": cannot be read");
    }
    try (Connection database = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        PreparedStatement query =
            database.prepareStatement(
                "select cast(id as varchar), cast(embedding as float[]) from read_parquet(?)")) {
      query.setString(1, file.toAbsolutePath().toString());
      try (ResultSet result = query.executeQuery()) {
        int line = 0;
        while (result.next()) {
          line++;
          Integer position = positions.get(result.getString(1));
          if (position != null) {
            rows[position] = list(result.getArray(2), file + ", row " + line);
          }
        }
      }
    } catch (SQLException broken) {
      throw new IOException(
          file + ": needs the columns id and embedding (a list of numbers)", broken);
    }
  }

  private static float[] list(Array array, String where) throws SQLException, IOException {
    if (array == null) {
      throw new IOException(where + ", column embedding: is empty");
    }
    Object[] values = (Object[]) array.getArray();
    float[] row = new float[values.length];
    for (int j = 0; j < row.length; j++) {
      if (!(values[j] instanceof Number number)) {
        throw new IOException(where + ", column embedding: holds an empty value");
      }
      row[j] = finite(number.floatValue(), where + ", column embedding");
    }
    return row;
  }
}
