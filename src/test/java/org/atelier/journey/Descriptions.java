package org.atelier.journey;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first rows of the bundled garment descriptions, as a file to upload, with what is true.
 *
 * @param byId rows in the file's order
 */
record Descriptions(Path file, Map<String, Row> byId) {

  private static final Path BUNDLED = Path.of("datasets/atelier-descriptions/descriptions.csv");

  /** One description; the metadata are the columns that pass through. */
  record Row(String text, String department, Map<String, String> metadata) {}

  static Descriptions first(int rows, Path folder) throws IOException {
    List<String> lines = Files.readAllLines(BUNDLED, StandardCharsets.UTF_8).subList(0, rows + 1);
    Path file = Files.write(folder.resolve("descriptions.csv"), lines);
    Map<String, Row> byId = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : reader) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String column : List.of("title", "recommended", "colour", "size")) {
          metadata.put(column, line.getField(column));
        }
        byId.put(
            line.getField("id"),
            new Row(line.getField("text"), line.getField("department"), metadata));
      }
    }
    if (byId.size() != rows) {
      throw new IllegalStateException(BUNDLED + " has rows of several lines");
    }
    return new Descriptions(file, byId);
  }
}
