package org.atelier.labeling;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.atelier.platform.CsvFaults;

/**
 * Answers read from a CSV with the columns item, worker and label, row by row. Names become indexes
 * in order of first appearance; only the names and three numbers per answer stay in memory.
 */
final class AnswersCsv {

  static final char LABEL_SEPARATOR = '|';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Names items = new Names();
  private final Names workers = new Names();
  private final Names labels = new Names();
  private final Map<Long, Integer> seen = new HashMap<>();
  private final boolean sets;
  private int size;
  private int[] item = new int[1024];
  private int[] worker = new int[1024];
  private int[][] chosen = new int[1024][];

  private AnswersCsv(boolean sets) {
    this.sets = sets;
  }

  /**
   * Reads all answers. A row that repeats an earlier one exactly counts once.
   *
   * @param sets whether a label cell holds any number of labels separated by {@code |}
   * @throws UnreadableInputException naming file, row and column: a missing column, an empty cell,
   *     a worker who gives one item two different answers, text that is not UTF-8, broken quoting
   */
  static AnswersCsv read(Path file, boolean sets) throws UnreadableInputException, IOException {
    AnswersCsv answers = new AnswersCsv(sets);
    forEachRow(
        file,
        List.of("item", "worker", "label"),
        (line, cells) -> {
          String where = file + ", row " + line + ", column ";
          int i = answers.items.indexOf(required(cells[0], where + "item"));
          int w = answers.workers.indexOf(required(cells[1], where + "worker"));
          answers.add(i, w, answers.labelsOf(cells[2], where + "label"), where);
        });
    return answers;
  }

  /** Reads a CSV with the column item; items without answers are ignored. */
  static BitSet fairItems(Path file, AnswersCsv answers)
      throws UnreadableInputException, IOException {
    BitSet fair = new BitSet();
    forEachRow(
        file,
        List.of("item"),
        (line, cells) -> {
          Integer index = answers.items.indexes.get(cells[0]);
          if (index != null) {
            fair.set(index);
          }
        });
    return fair;
  }

  private int[] labelsOf(String cell, String where) throws UnreadableInputException {
    if (!sets) {
      return new int[] {labels.indexOf(required(cell, where))};
    }
    if (cell.isEmpty()) {
      return new int[0];
    }
    List<Integer> indexes = new ArrayList<>();
    for (String name : cell.split("\\|", -1)) {
      indexes.add(labels.indexOf(required(name.strip(), where)));
    }
    return indexes.stream().mapToInt(Integer::intValue).distinct().sorted().toArray();
  }

  private void add(int i, int w, int[] set, String where) throws UnreadableInputException {
    Integer earlier = seen.putIfAbsent(((long) i << 32) | w, size);
    if (earlier != null) {
      if (!Arrays.equals(chosen[earlier], set)) {
        throw new UnreadableInputException(
            where
                + "label: worker "
                + workers.name(w)
                + " answered item "
                + items.name(i)
                + " before, and differently");
      }
      return;
    }
    if (size == item.length) {
      item = Arrays.copyOf(item, size * 2);
      worker = Arrays.copyOf(worker, size * 2);
      chosen = Arrays.copyOf(chosen, size * 2);
    }
    item[size] = i;
    worker[size] = w;
    chosen[size++] = set;
  }

  private static String required(String cell, String where) throws UnreadableInputException {
    if (cell.isEmpty()) {
      throw new UnreadableInputException(where + " is empty");
    }
    return cell;
  }

  private static void forEachRow(Path file, List<String> columns, RowVisitor visitor)
      throws UnreadableInputException, IOException {
    try (Reader text = open(file);
        CsvReader<CsvRecord> rows = CsvReader.builder().allowExtraFields(false).ofCsvRecord(text)) {
      Iterator<CsvRecord> each = rows.iterator();
      int[] positions = positions(file, columns, each);
      String[] cells = new String[columns.size()];
      while (each.hasNext()) {
        CsvRecord row = each.next();
        for (int c = 0; c < cells.length; c++) {
          cells[c] = row.getField(positions[c]);
        }
        visitor.visit(row.getStartingLineNumber(), cells);
      }
    } catch (CsvParseException e) {
      throw new UnreadableInputException(CsvFaults.words(file, e));
    } catch (java.io.UncheckedIOException | CharacterCodingException e) {
      if (e instanceof CharacterCodingException
          || e.getCause() instanceof CharacterCodingException) {
        throw new UnreadableInputException(CsvFaults.notUtf8(file));
      }
      throw new UnreadableInputException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static int[] positions(Path file, List<String> columns, Iterator<CsvRecord> rows)
      throws UnreadableInputException {
    if (!rows.hasNext()) {
      throw new UnreadableInputException(file + ": the file is empty, a header row is needed");
    }
    List<String> header = rows.next().getFields().stream().map(String::strip).toList();
    int[] positions = new int[columns.size()];
    for (int c = 0; c < positions.length; c++) {
      positions[c] = header.indexOf(columns.get(c));
      if (positions[c] < 0) {
        throw new UnreadableInputException(
            file + ", row 1: the column " + columns.get(c) + " is missing; there are " + header);
      }
    }
    return positions;
  }

  private static Reader open(Path file) throws UnreadableInputException, IOException {
    InputStream bytes;
    try {
      bytes = Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new UnreadableInputException(file + ": there is no such file");
    }
    PushbackReader text =
        new PushbackReader(
            new BufferedReader(
                new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), 1 << 16));
    int first = text.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      text.unread(first);
    }
    return text;
  }

  int size() {
    return size;
  }

  int items() {
    return items.size();
  }

  int workers() {
    return workers.size();
  }

  int labels() {
    return labels.size();
  }

  String item(int index) {
    return items.name(index);
  }

  String worker(int index) {
    return workers.name(index);
  }

  String label(int index) {
    return labels.name(index);
  }

  int[] itemOfAnswers() {
    return Arrays.copyOf(item, size);
  }

  int[] workerOfAnswers() {
    return Arrays.copyOf(worker, size);
  }

  int[][] labelsOfAnswers() {
    return Arrays.copyOf(chosen, size);
  }

  private interface RowVisitor {
    void visit(long line, String[] cells) throws UnreadableInputException;
  }

  private static final class Names {

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int indexOf(String name) {
      Integer index = indexes.putIfAbsent(name, names.size());
      if (index != null) {
        return index;
      }
      names.add(name);
      return names.size() - 1;
    }

    String name(int index) {
      return names.get(index);
    }

    int size() {
      return names.size();
    }
  }
}
