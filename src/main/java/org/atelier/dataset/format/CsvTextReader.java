package org.atelier.dataset.format;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads texts from CSV or TSV (RFC 4180, header required). Row numbers are line numbers, the header
 * being line 1. The encoding is checked from end to end before the first row is given. A row with
 * too few or too many fields, with wrong quotes, or too long is refused and reading goes on.
 */
public final class CsvTextReader implements RowReader {

  private final Path file;
  private final String name;
  private final char separator;
  private final TextMapping mapping;
  private final RowLimits limits;
  private final Charset charset;
  private final long size;
  private CsvRows rows;

  /**
   * @param name shown in messages
   * @param separator {@code ','} or tab
   * @throws UnreadableSourceException when the encoding is wrong, naming line and byte
   */
  public CsvTextReader(
      Path file, String name, char separator, TextMapping mapping, RowLimits limits)
      throws IOException {
    this.file = file;
    this.name = name;
    this.separator = separator;
    this.mapping = mapping;
    this.limits = limits;
    this.charset = TextEncoding.of(mapping.encoding());
    this.size = Files.size(file);
    checkEncoding();
  }

  @Override
  public boolean countsBytes() {
    return true;
  }

  @Override
  public long total() {
    return size;
  }

  @Override
  public long position() {
    return rows == null ? 0 : Math.min(rows.position(), size);
  }

  @Override
  public void read(RowSink sink) throws IOException {
    rows = new CsvRows(Files.newInputStream(file), name, separator, charset, limits);
    rows.read(new Rows(sink));
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }

  private void checkEncoding() throws IOException {
    char[] buffer = new char[1 << 15];
    try (StrictReader reader = new StrictReader(Files.newInputStream(file), name, charset, true)) {
      while (reader.read(buffer, 0, buffer.length) >= 0) {
        continue;
      }
    }
  }

  private final class Rows implements CsvRows.Handler {

    private final RowSink sink;
    private Columns columns;

    private Rows(RowSink sink) {
      this.sink = sink;
    }

    @Override
    public void header(List<String> names) throws IOException {
      columns = Columns.of(names, mapping, name);
    }

    @Override
    public void row(long line, List<String> fields) throws IOException {
      String id = columns.id(fields);
      String text = columns.text(fields);
      String fault = limits.fault(id, mapping.idColumn(), text);
      if (fault != null) {
        sink.refused(line, id, fault);
        return;
      }
      List<String> labels =
          columns.label() < 0 ? null : mapping.labels(fields.get(columns.label()));
      sink.row(new SourceRow(line, id, text, List.of(), columns.metadata(fields), labels, null));
    }

    @Override
    public void refused(long line, List<String> fields, String reason) throws IOException {
      sink.refused(line, fields == null ? null : columns.id(fields), reason);
    }
  }

  /** Where the columns are; −1 for none. */
  private record Columns(
      List<String> names, int id, int[] texts, int label, int[] metadataColumns) {

    static Columns of(List<String> names, TextMapping mapping, String file)
        throws UnreadableSourceException {
      int id = CsvRows.find(names, mapping.idColumn(), file);
      int label = CsvRows.find(names, mapping.labelColumn(), file);
      int[] texts = new int[mapping.textColumns().size()];
      Set<Integer> used = new HashSet<>(List.of(id, label));
      for (int i = 0; i < texts.length; i++) {
        texts[i] = CsvRows.find(names, mapping.textColumns().get(i), file);
        used.add(texts[i]);
      }
      return new Columns(names, id, texts, label, metadata(names, mapping, used, file));
    }

    private static int[] metadata(
        List<String> names, TextMapping mapping, Set<Integer> used, String file)
        throws UnreadableSourceException {
      List<Integer> chosen = new ArrayList<>();
      if (mapping.metadataColumns() == null) {
        for (int i = 0; i < names.size(); i++) {
          if (!used.contains(i)) {
            chosen.add(i);
          }
        }
      } else {
        for (String column : mapping.metadataColumns()) {
          chosen.add(CsvRows.find(names, column, file));
        }
      }
      return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    String id(List<String> fields) {
      return id < 0 || id >= fields.size() ? null : fields.get(id).strip();
    }

    String text(List<String> fields) {
      if (texts.length == 1) {
        return fields.get(texts[0]);
      }
      StringBuilder text = new StringBuilder();
      for (int column : texts) {
        String part = fields.get(column);
        if (!part.isBlank()) {
          text.append(text.isEmpty() ? "" : "\n\n").append(part);
        }
      }
      return text.toString();
    }

    Map<String, Object> metadata(List<String> fields) {
      if (metadataColumns.length == 0) {
        return Map.of();
      }
      Map<String, Object> metadata = new LinkedHashMap<>();
      for (int column : metadataColumns) {
        String value = fields.get(column);
        if (!value.isEmpty()) {
          metadata.put(names.get(column), value);
        }
      }
      return metadata;
    }
  }
}
