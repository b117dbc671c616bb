package org.atelier.dataset.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.atelier.dataset.format.Utf8LineReader.RefusedLineException;

/** What the two readers of JSON Lines share. */
final class JsonRows {

  private static final int DEEPEST = 64;

  private JsonRows() {}

  /** A mapper that refuses keys given twice, deep nesting and text after the object. */
  static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();
    return new ObjectMapper(factory)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }

  static ObjectNode object(ObjectMapper json, String line) throws RefusedLineException {
    JsonNode node;
    try {
      node = json.readTree(line);
    } catch (JsonProcessingException e) {
      if (line.stripLeading().startsWith("[")) {
        throw new RefusedLineException(
            "Expected one JSON object a line, found the beginning of a JSON array");
      }
      var at = e.getLocation();
      throw new RefusedLineException(
          "Not JSON at character %d of the line: %s"
              .formatted(at == null ? 0 : at.getColumnNr(), firstLine(e.getOriginalMessage())));
    } catch (NumberFormatException e) {
      throw new RefusedLineException("A number of the line has too large an exponent");
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new RefusedLineException("Expected one JSON object a line, found " + kind(node));
  }

  static List<String> labels(ObjectNode row, TextMapping mapping) throws RefusedLineException {
    JsonNode value = mapping.labelColumn() == null ? null : row.get(mapping.labelColumn());
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      return mapping.labels(value.asText());
    }
    List<String> labels = new ArrayList<>();
    for (JsonNode label : value) {
      if (!label.isValueNode() || label.asText().isBlank()) {
        throw new RefusedLineException("The labels must be a list of names");
      }
      if (!labels.contains(label.asText().strip())) {
        labels.add(label.asText().strip());
      }
    }
    return labels;
  }

  static String kind(JsonNode node) {
    return node == null || node.isMissingNode()
        ? "nothing"
        : "a JSON " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String firstLine(String message) {
    String first = message.lines().findFirst().orElse("");
    // The parser adds where its input came from, which says nothing here.
    return first.replaceAll("\\s*\\[Source:.*|\\s*\\(start marker at.*", "");
  }
}
