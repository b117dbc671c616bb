package org.atelier.learning.simulate;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.atelier.platform.CsvFaults;

/**
 * Chosen columns of a CSV: UTF-8 with or without a byte order mark, header required, RFC 4180.
 *
 * @param rows cells of the chosen columns, in the order they were asked for
 * @param lines line each row starts on, from 1
 */
record CsvTable(List<String[]> rows, List<Long> lines) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  static CsvTable read(Path file, List<String> columns) throws UnreadableDataException {
    List<String[]> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (Reader text = open(file);
        CsvReader<CsvRecord> reader =
            CsvReader.builder().allowExtraFields(false).ofCsvRecord(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw new UnreadableDataException(file + ": is empty, a header is required");
      }
      int[] positions = positions(file, records.next().getFields(), columns);
      while (records.hasNext()) {
        CsvRecord row = records.next();
        String[] cells = new String[positions.length];
        for (int c = 0; c < positions.length; c++) {
          if (positions[c] >= row.getFieldCount()) {
            throw new UnreadableDataException(
                file
                    + ", row "
                    + row.getStartingLineNumber()
                    + ": column "
                    + columns.get(c)
                    + " is missing");
          }
          cells[c] = row.getField(positions[c]);
        }
        rows.add(cells);
        lines.add(row.getStartingLineNumber());
      }
    } catch (CsvParseException broken) {
      throw new UnreadableDataException(CsvFaults.words(file, broken));
    } catch (UncheckedIOException | IOException failure) {
      throw unreadable(file, failure);
    }
    return new CsvTable(rows, lines);
  }

  private static UnreadableDataException unreadable(Path file, Exception failure) {
    boolean coding =
        failure instanceof CharacterCodingException
            || failure.getCause() instanceof CharacterCodingException;
    return new UnreadableDataException(
        coding ? CsvFaults.notUtf8(file) : file + ": cannot be read");
  }

  private static int[] positions(Path file, List<String> header, List<String> columns)
      throws UnreadableDataException {
    int[] positions = new int[columns.size()];
    for (int c = 0; c < positions.length; c++) {
      positions[c] = header.indexOf(columns.get(c));
      if (positions[c] < 0) {
        throw new UnreadableDataException(
            file + ", row 1: no column " + columns.get(c) + "; there are " + header);
      }
    }
    return positions;
  }

  private static Reader open(Path file) throws IOException {
    PushbackReader reader =
        new PushbackReader(
            new BufferedReader(
                new InputStreamReader(
                    Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()),
                1 << 16));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }
}
