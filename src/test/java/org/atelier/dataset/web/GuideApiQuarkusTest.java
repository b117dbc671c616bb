package org.atelier.dataset.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.platform.database.EmbeddedPostgresTestResource;
import org.atelier.workforce.TestPeople;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the programs that {@code docs/guide-api.md} shows, as a reader would. */
@QuarkusTest
@QuarkusTestResource(EmbeddedPostgresTestResource.class)
class GuideApiQuarkusTest {

  private static final Path GUIDE = Path.of("docs/guide-api.md");
  private static final Map<String, String> LABELS =
      Map.of("1", "good", "2", "bad", "3", "good", "4", "bad");

  @Inject TestPeople people;
  @TempDir Path folder;
  private String token;

  @BeforeEach
  void openProject() {
    TestPeople.Visitor owner = people.visitor("Ana");
    people.projectOf(owner);
    token = owner.token();
  }

  @Test
  void stepsWithCurlLeadToAnExportedManifest() throws Exception {
    assumeTrue(has("curl", "--version") && has("jq", "--version") && has("bash", "--version"));
    Path script = folder.resolve("walk.sh");
    Files.writeString(script, "set -euo pipefail\n" + String.join("\n", blocks("bash")));
    String out = run("bash", script.toString());
    assertManifest("output.manifest");
    assertEquals(5, Files.readAllLines(folder.resolve("labels.csv")).size());
    assertTrue(out.contains("\"field\": \"format\""), out);
  }

  @Test
  void programInPythonLeadsToAnExportedManifest() throws Exception {
    assumeTrue(has("python3", "-c", "import requests"));
    Path program = folder.resolve("walk.py");
    Files.writeString(program, String.join("\n", blocks("python")));
    assertTrue(run("python3", program.toString()).startsWith("4 items, 0 rows refused"));
    assertManifest("python.manifest");
  }

  @Test
  void programInJavaLeadsToAnExportedManifest() throws Exception {
    Path program = folder.resolve("ApiWalk.java");
    Files.writeString(program, String.join("\n", blocks("java")));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertEquals("4 items\n", run(java, "-Xmx256m", program.toString()));
    assertManifest("java.manifest");
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(GUIDE));
    List<String> blocks = matcher.results().map(block -> block.group(1)).toList();
    assertTrue(!blocks.isEmpty(), "the guide shows nothing in " + language);
    return blocks;
  }

  private void assertManifest(String file) throws IOException {
    Map<String, String> labels = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      JsonNode row = new ObjectMapper().readTree(line);
      JsonNode metadata = null;
      for (var field : row.properties()) {
        metadata = field.getKey().endsWith("-metadata") ? field.getValue() : metadata;
      }
      assertTrue(metadata != null, line);
      assertEquals("yes", metadata.path("human-annotated").asText(), line);
      labels.put(row.path("id").asText(), metadata.path("class-name").asText());
    }
    assertEquals(new TreeMap<>(LABELS), labels);
  }

  private boolean has(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String run(String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().put("ATELIER_URL", "http://localhost:" + RestAssured.port);
    builder.environment().put("ATELIER_TOKEN", token);
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    String out = Files.readString(folder.resolve("out.txt"));
    assertEquals(0, process.waitFor(), () -> out + "\n" + readQuietly(folder.resolve("err.txt")));
    return out;
  }

  private static String readQuietly(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
