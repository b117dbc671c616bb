package org.atelier.learning.feature;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads embeddings keyed by external id, row by row in bounded memory.
 *
 * <p>CSV: header required, first column the id, every further column one number. Parquet: columns
 * {@code id} and {@code embedding} (a list of numbers). npy: rows × features beside a file of ids,
 * which is plain text with one id a line (ending {@code .txt}) or a CSV with a header whose first
 * column is the id.
 */
public final class EmbeddingReader {

  /** Most characters of an external id. */
  static final int LONGEST_ID = 500;

  private static final int SHOWN = 60;

  private EmbeddingReader() {}

  /** Receives rows in the order of the file. */
  public interface Rows {

    /**
     * A row of finite numbers; the array is the receiver's.
     *
     * @param row from 1, headers not counted
     */
    void row(long row, String id, float[] values) throws IOException;

    /** A row that cannot be used, and why; a very long id is shortened. */
    void refused(long row, String id, String reason) throws IOException;
  }

  /**
   * @param name as its sender calls the file, for messages
   * @throws UnusableFileException when the file as a whole cannot be used
   */
  public static void csv(Path file, String name, Rows rows) throws IOException {
    CsvEmbeddings.read(file, name, rows);
  }

  /**
   * @param name as its sender calls the file, for messages
   * @throws UnusableFileException when the file as a whole cannot be used
   */
  public static void parquet(Path file, String name, Rows rows) throws IOException {
    ParquetEmbeddings.read(file, name, rows);
  }

  /**
   * @param name as its sender calls the file, for messages
   * @param ids ids in the order of the rows
   * @param idsName the name the file of ids has, which says how it is written
   * @throws UnusableFileException when one of the files as a whole cannot be used; also when the
   *     numbers of ids and rows differ
   */
  public static void npy(Path file, String name, Path ids, String idsName, Rows rows)
      throws IOException {
    int announced = NpyFile.rows(file, name);
    long named = EmbeddingIds.count(ids, idsName);
    if (named != announced) {
      throw new UnusableFileException(
          "%s has %,d rows and %s has %,d ids: one id belongs to each row, in the same order."
              .formatted(name, announced, idsName, named));
    }
    try (EmbeddingIds names = EmbeddingIds.open(ids, idsName)) {
      NpyFile.read(file, name, (row, values) -> pass(row + 1L, names.next(), values, rows));
    }
  }

  static void pass(long row, String id, float[] values, Rows rows) throws IOException {
    String fault = fault(id, values);
    if (fault == null) {
      rows.row(row, id, values);
    } else {
      refuse(row, id, fault, rows);
    }
  }

  static void refuse(long row, String id, String reason, Rows rows) throws IOException {
    rows.refused(row, id == null ? "" : shown(id), reason);
  }

  /** A text as messages show it: short, and without what a database or a terminal trips over. */
  static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
    return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
  }

  private static String fault(String id, float[] values) {
    if (id == null || id.isEmpty()) {
      return "the id is missing";
    }
    if (id.length() > LONGEST_ID) {
      return "the id has more than %,d characters".formatted(LONGEST_ID);
    }
    if (!isText(id)) {
      return "the id contains a control character or half a character";
    }
    if (values.length == 0) {
      return "the embedding is empty";
    }
    for (int j = 0; j < values.length; j++) {
      if (!Float.isFinite(values[j])) {
        return "value " + (j + 1) + " is not a finite number";
      }
    }
    return null;
  }

  /** Whether an item may have this id. */
  private static boolean isText(String id) {
    return id.codePoints().noneMatch(c -> c < ' ' || Character.getType(c) == Character.SURROGATE);
  }
}
