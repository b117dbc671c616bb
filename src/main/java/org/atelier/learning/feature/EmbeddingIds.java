package org.atelier.learning.feature;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

/** The ids of an npy file, one after the other: a line each, or the first column of a CSV. */
interface EmbeddingIds extends AutoCloseable {

  /** Null after the last. */
  String next() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * @param name as its sender calls the file; the ending says how it is written
   */
  static EmbeddingIds open(Path file, String name) throws IOException {
    return name.toLowerCase(Locale.ROOT).endsWith(".csv")
        ? new Csv(name, CsvEmbeddings.reader(file))
        : new Lines(name, Files.newBufferedReader(file, StandardCharsets.UTF_8));
  }

  static long count(Path file, String name) throws IOException {
    long count = 0;
    try (EmbeddingIds names = open(file, name)) {
      while (names.next() != null) {
        count++;
      }
    }
    return count;
  }

  /** Plain text; a line that is much too long for an id is not kept in memory. */
  final class Lines implements EmbeddingIds {
    private final String name;
    private final BufferedReader text;
    private long line;
    private boolean afterReturn;

    Lines(String name, BufferedReader text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public String next() throws IOException {
      StringBuilder id = new StringBuilder();
      line++;
      try {
        int c = text.read();
        if (c == '\n' && afterReturn) {
          c = text.read();
        }
        if (c < 0) {
          return null;
        }
        for (; c >= 0 && c != '\n' && c != '\r'; c = text.read()) {
          if (id.length() <= EmbeddingReader.LONGEST_ID) {
            id.append((char) c);
          }
        }
        afterReturn = c == '\r';
        return line == 1 && id.indexOf("\uFEFF") == 0 ? id.substring(1) : id.toString();
      } catch (CharacterCodingException broken) {
        throw new UnusableFileException(
            "%s: line %,d or one soon after it is not UTF-8. Save the file as UTF-8 and send it again."
                .formatted(name, line));
      }
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }

  /** A CSV with a header. */
  final class Csv implements EmbeddingIds {
    private final String name;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;

    Csv(String name, CsvReader<CsvRecord> reader) throws IOException {
      this.name = name;
      this.reader = reader;
      this.records = reader.iterator();
      next();
    }

    @Override
    public String next() throws IOException {
      CsvRecord row = CsvEmbeddings.next(records, name);
      return row == null ? null : row.getField(0);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
