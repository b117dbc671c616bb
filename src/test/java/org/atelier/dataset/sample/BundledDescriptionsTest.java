package org.atelier.dataset.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.atelier.platform.Sha256;
import org.junit.jupiter.api.Test;

class BundledDescriptionsTest {
  private static final Path FOLDER = Path.of("datasets", "atelier-descriptions");

  @Test
  void fileHasTheListedDigest() throws IOException {
    String line = Files.readAllLines(FOLDER.resolve("SHA256SUMS")).get(0);
    assertEquals(line.substring(0, 64), Sha256.of(FOLDER.resolve(line.substring(66))));
  }

  @Test
  void everyRowIsWrittenAgainFromTheSeed() throws IOException {
    List<String> expected = new ArrayList<>(List.of(Description.HEADER));
    samples().forEach(sample -> expected.add(sample.row()));
    assertEquals(expected, Files.readAllLines(FOLDER.resolve("descriptions.csv")));
  }

  @Test
  void textsAreWholeAndHardlyEverTheSame() {
    Set<String> texts = new HashSet<>();
    for (Description sample : samples()) {
      assertFalse(sample.text().matches(".*[{}|].*"), sample.text());
      assertFalse(sample.text().contains("  "), sample.text());
      assertTrue(sample.text().endsWith("."), sample.text());
      texts.add(sample.text());
    }
    assertTrue(texts.size() > 0.99 * DescriptionSampleGenerator.ROWS);
  }

  @Test
  void aLinearClassifierIsNeitherHelplessNorPerfect() {
    List<TreeMap<Integer, Double>> rows = new ArrayList<>();
    Map<String, Integer> words = new HashMap<>();
    for (Description sample : samples()) {
      TreeMap<Integer, Double> row = new TreeMap<>();
      String text = (sample.title() + " " + sample.text()).toLowerCase(Locale.ROOT);
      for (String word : text.split("[^a-z]+")) {
        row.put(words.computeIfAbsent(word, key -> words.size() + 1), 1.0);
      }
      rows.add(row);
    }
    List<String> departments = samples().stream().map(Description::department).toList();
    List<String> verdicts =
        samples().stream().map(sample -> Boolean.toString(sample.recommended())).toList();
    double department = LogisticBaseline.accuracy(rows, departments, 0.3);
    double recommended = LogisticBaseline.accuracy(rows, verdicts, 0.3);
    String measured = "department %.3f, recommended %.3f".formatted(department, recommended);
    assertTrue(department > 0.75 && department < 0.97, measured);
    assertTrue(recommended > 0.85 && recommended < 0.995, measured);
  }

  private static List<Description> samples() {
    List<Description> samples = new ArrayList<>();
    for (int number = 1; number <= DescriptionSampleGenerator.ROWS; number++) {
      samples.add(Description.of(DescriptionSampleGenerator.SEED, number));
    }
    return samples;
  }
}
