package org.atelier.dataset.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.atelier.dataset.format.Utf8LineReader.RefusedLineException;

/**
 * Reads texts from JSON Lines (UTF-8, one object a line). Row numbers are line numbers. A line that
 * is not a JSON object, lacks the text, is not UTF-8 or is too long is refused and reading goes on;
 * blank lines are passed over.
 */
public final class JsonTextReader implements RowReader {

  private final TextMapping mapping;
  private final RowLimits limits;
  private final long size;
  private final Utf8LineReader lines;
  private final ObjectMapper json = JsonRows.mapper();

  public JsonTextReader(Path file, TextMapping mapping, RowLimits limits) throws IOException {
    this.mapping = mapping;
    this.limits = limits;
    this.size = Files.size(file);
    this.lines = new Utf8LineReader(Files.newInputStream(file), limits.rowCharacters());
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
    return lines.position();
  }

  @Override
  public void read(RowSink sink) throws IOException {
    while (lines.next()) {
      try {
        String line = lines.line();
        if (!line.isBlank()) {
          row(JsonRows.object(json, line), sink);
        }
      } catch (RefusedLineException e) {
        sink.refused(lines.number(), null, e.getMessage());
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void row(ObjectNode row, RowSink sink) throws IOException, RefusedLineException {
    long number = lines.number();
    String id = mapping.idColumn() == null ? null : required(row, mapping.idColumn()).strip();
    String text;
    try {
      text = text(row);
    } catch (RefusedLineException e) {
      sink.refused(number, id, e.getMessage());
      return;
    }
    String fault = limits.fault(id, mapping.idColumn(), text);
    if (fault != null) {
      sink.refused(number, id, fault);
      return;
    }
    List<String> labels = JsonRows.labels(row, mapping);
    sink.row(new SourceRow(number, id, text, List.of(), metadata(row), labels, null));
  }

  private String text(ObjectNode row) throws RefusedLineException {
    List<String> parts = new ArrayList<>();
    for (String key : mapping.textColumns()) {
      String part = required(row, key);
      if (!part.isBlank() || mapping.textColumns().size() == 1) {
        parts.add(part);
      }
    }
    return String.join("\n\n", parts);
  }

  private String required(ObjectNode row, String key) throws RefusedLineException {
    JsonNode value = row.get(key);
    if (value == null) {
      throw new RefusedLineException(
          "There is no key \"%s\"; the keys are %s".formatted(key, keys(row)));
    }
    if (value.isContainerNode()) {
      throw new RefusedLineException(
          "The key \"%s\" holds %s; a text or a number is expected"
              .formatted(key, JsonRows.kind(value)));
    }
    return value.isNull() ? "" : value.asText();
  }

  private static String keys(ObjectNode row) {
    List<String> keys = new ArrayList<>();
    row.fieldNames().forEachRemaining(keys::add);
    return String.join(", ", keys.subList(0, Math.min(keys.size(), 20)));
  }

  private Map<String, Object> metadata(ObjectNode row) throws JsonProcessingException {
    Set<String> used = new TreeSet<>(mapping.textColumns());
    if (mapping.idColumn() != null) {
      used.add(mapping.idColumn());
    }
    if (mapping.labelColumn() != null) {
      used.add(mapping.labelColumn());
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      String key = entry.getKey();
      boolean wanted =
          mapping.metadataColumns() == null
              ? !used.contains(key)
              : mapping.metadataColumns().contains(key);
      if (wanted && !entry.getValue().isNull()) {
        metadata.put(key, json.treeToValue(entry.getValue(), Object.class));
      }
    }
    return metadata;
  }
}
