package org.atelier.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atelier.dataset.format.Utf8LineReader.RefusedLineException;

/**
 * Reads a Ground Truth input manifest (JSON Lines): each line has exactly one of {@code source}
 * (inline text) and {@code source-ref} (a picture under an allowed prefix); all other keys pass
 * through and the line is kept as it is. A wrong line is refused and reading goes on.
 *
 * <p>The labels of an earlier job become known labels when its attribute is named: a class index as
 * number or string with {@code class-name}, or a list with {@code class-map}.
 */
public final class ManifestReader implements RowReader {

  /** Finds the picture that a {@code source-ref} names. */
  @FunctionalInterface
  public interface References {

    /**
     * Says how to open the picture; nothing is opened yet.
     *
     * @throws ReferenceRefusedException when it is not under an allowed prefix
     */
    SourceView.EncodedFile resolve(String sourceRef) throws ReferenceRefusedException;
  }

  /** A reference that may not be followed; the message is the reason. */
  public static final class ReferenceRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public ReferenceRefusedException(String message) {
      super(message);
    }
  }

  private final References references;
  private final String idKey;
  private final String labelAttribute;
  private final RowLimits limits;
  private final boolean pictures;
  private final long size;
  private final Utf8LineReader lines;
  private final ObjectMapper json = JsonRows.mapper();

  /**
   * @param pictures whether the dataset holds pictures; lines of the other kind are refused
   * @param idKey key of the external id, null for the reference itself or the content
   * @param labelAttribute attribute whose labels become known labels, null for none
   */
  public ManifestReader(
      Path file,
      boolean pictures,
      String idKey,
      String labelAttribute,
      References references,
      RowLimits limits)
      throws IOException {
    this.pictures = pictures;
    this.idKey = idKey;
    this.labelAttribute = labelAttribute;
    this.references = references;
    this.limits = limits;
    this.size = Files.size(file);
    this.lines = new Utf8LineReader(Files.newInputStream(file), RowLimits.MANIFEST_LINE);
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
        String line = lines.line().strip();
        if (!line.isEmpty()) {
          row(line, sink);
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

  private void row(String line, RowSink sink) throws IOException, RefusedLineException {
    ObjectNode row = JsonRows.object(json, line);
    String text = string(row, "source");
    String reference = string(row, "source-ref");
    if ((text == null) == (reference == null)) {
      throw new RefusedLineException(
          "Expected exactly one of the keys \"source\" and \"source-ref\", found "
              + (text == null ? "none" : "both"));
    }
    if (pictures == (reference == null)) {
      throw new RefusedLineException(
          pictures
              ? "The dataset holds pictures, the line has a text (\"source\")"
              : "The dataset holds texts, the line has a picture (\"source-ref\")");
    }
    String id = idKey == null ? reference : string(row, idKey);
    if (idKey != null && id == null) {
      throw new RefusedLineException("There is no key \"" + idKey + "\"");
    }
    String fault = text == null ? limits.idFault(id, "source-ref") : limits.fault(id, idKey, text);
    if (fault != null) {
      sink.refused(lines.number(), id, fault);
      return;
    }
    List<SourceView> views = reference == null ? List.of() : List.of(picture(reference));
    List<String> labels = labelAttribute == null ? null : labels(row);
    sink.row(new SourceRow(lines.number(), id, text, views, metadata(row), labels, line));
  }

  private SourceView picture(String reference) throws RefusedLineException {
    try {
      return references.resolve(reference);
    } catch (ReferenceRefusedException e) {
      throw new RefusedLineException(e.getMessage());
    }
  }

  private static String string(ObjectNode row, String key) throws RefusedLineException {
    JsonNode value = row.get(key);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() && !value.isNumber()) {
      throw new RefusedLineException("The value of \"" + key + "\" must be a string");
    }
    return value.asText();
  }

  private List<String> labels(ObjectNode row) {
    JsonNode value = row.get(labelAttribute);
    JsonNode about = row.get(labelAttribute + "-metadata");
    if (value == null || about == null) {
      return null;
    }
    JsonNode map = about.path("class-map");
    if (value.isArray()) {
      List<String> labels = new java.util.ArrayList<>();
      value.forEach(index -> labels.add(map.path(index.asText()).asText(index.asText())));
      return labels;
    }
    String name = about.path("class-name").asText("");
    return List.of(name.isEmpty() ? map.path(value.asText()).asText(value.asText()) : name);
  }

  private Map<String, Object> metadata(ObjectNode row) throws IOException {
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      String key = entry.getKey();
      if (!key.equals("source") && !key.equals("source-ref") && !entry.getValue().isNull()) {
        metadata.put(key, json.treeToValue(entry.getValue(), Object.class));
      }
    }
    return metadata;
  }
}
