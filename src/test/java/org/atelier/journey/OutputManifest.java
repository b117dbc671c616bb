package org.atelier.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a Ground Truth output manifest of a text job with one label and one answer per item, and
 * holds each line against the data it was made from.
 */
final class OutputManifest {

  private static final Set<String> METADATA =
      Set.of("class-name", "confidence", "type", "job-name", "human-annotated", "creation-date");

  private final Map<String, Descriptions.Row> source;
  private final List<String> classes;
  private final Set<String> seen = new HashSet<>();
  private String attribute;
  private int human;
  private int machine;
  private int machineRight;

  private OutputManifest(Map<String, Descriptions.Row> source, List<String> classes) {
    this.source = source;
    this.classes = classes;
  }

  /** Checks every line; an assertion error names the line that is wrong. */
  static OutputManifest check(Path file, Map<String, Descriptions.Row> source, List<String> classes)
      throws IOException {
    OutputManifest manifest = new OutputManifest(source, classes);
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) {
      manifest.line(json.readTree(line), line);
    }
    assertEquals(source.keySet(), manifest.seen, "each item once");
    return manifest;
  }

  int human() {
    return human;
  }

  int machine() {
    return machine;
  }

  /** Share of the machine's labels that equal the known ones. */
  double machineAccuracy() {
    return machine == 0 ? 1 : (double) machineRight / machine;
  }

  private void line(JsonNode node, String line) {
    String id = node.path("id").asText();
    Descriptions.Row row = source.get(id);
    assertNotNull(row, line);
    assertTrue(seen.add(id), "twice: " + line);
    assertEquals(row.text(), node.path("source").asText(), line);
    assertFalse(node.has("source-ref"), line);
    row.metadata().forEach((key, value) -> assertEquals(value, node.path(key).asText(), line));
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    String last = names.get(names.size() - 1);
    assertTrue(last.endsWith("-metadata"), line);
    String label = last.substring(0, last.length() - "-metadata".length());
    assertEquals(label, names.get(names.size() - 2), line);
    attribute = attribute == null ? label : attribute;
    assertEquals(attribute, label, line);
    assertFalse(label.equals("source") || label.equals("source-ref"), line);
    assertEquals(2 + row.metadata().size() + 2, names.size(), line);
    label(node.get(label), node.get(last), row, line);
  }

  private void label(JsonNode value, JsonNode about, Descriptions.Row row, String line) {
    Set<String> keys = new HashSet<>();
    about.fieldNames().forEachRemaining(keys::add);
    assertEquals(METADATA, keys, line);
    int index = Integer.parseInt(value.asText());
    assertEquals(classes.get(index), about.get("class-name").asText(), line);
    assertEquals("groundtruth/text-classification", about.get("type").asText(), line);
    assertFalse(about.get("job-name").asText().isBlank(), line);
    assertNotNull(LocalDateTime.parse(about.get("creation-date").asText()));
    assertTrue(about.get("confidence").isNumber(), line);
    double confidence = about.get("confidence").asDouble();
    switch (about.get("human-annotated").asText()) {
      case "yes" -> {
        assertEquals(0.0, confidence, "one worker: " + line);
        assertEquals(row.department(), classes.get(index), "people told the truth: " + line);
        human++;
      }
      case "no" -> {
        assertTrue(confidence > 0 && confidence <= 1, line);
        machine++;
        machineRight += row.department().equals(classes.get(index)) ? 1 : 0;
      }
      default -> throw new AssertionError(line);
    }
  }
}
