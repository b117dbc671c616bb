package org.atelier.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = new CommandLine(new SimulateCommand());
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  private Path texts(int count) throws IOException {
    StringBuilder rows = new StringBuilder("id,text,label\n");
    for (int i = 0; i < count; i++) {
      String word = i % 3 == 0 ? "warm winter coat" : "light summer dress";
      rows.append(i).append(',').append(word).append(" no ").append(i % 17);
      rows.append(',').append(i % 3 == 0 ? "coat" : "dress").append('\n');
    }
    return Files.writeString(folder.resolve("texts.csv"), rows);
  }

  @Test
  void easyTextsAreMostlyLabelledByTheMachineWithACertificate() throws IOException {
    Path out = folder.resolve("report.json");
    String csv = texts(3000).toString();
    int code =
        run(
            "--csv",
            csv,
            "--text-column",
            "text",
            "--label-column",
            "label",
            "--budget",
            "900",
            "--out",
            out.toString());
    assertEquals(0, code, err.toString());
    JsonNode report = new ObjectMapper().readTree(out.toFile());
    assertEquals("0.1.0", report.at("/versions/atelier").asText());
    assertEquals(3000, report.get("items").asInt());
    assertEquals(2, report.get("classes").asInt());
    assertTrue(report.get("human_answers").asInt() <= 900);
    assertTrue(report.get("machine_labels").asInt() > 1500, report.toString());
    assertTrue(report.get("certified").asBoolean());
    assertTrue(report.get("guarantee").get("lower_bound").asDouble() >= 0.95);
    assertTrue(report.get("rounds").get(0).has("oracle_share"));
    assertEquals(
        3000,
        report.get("human_labels").asInt()
            + report.get("machine_labels").asInt()
            + report.get("unlabeled").asInt());
  }

  @Test
  void theWholeDatasetIsPromisedOnSecondAnswersAsAJobAsksThem() throws IOException {
    Path out = folder.resolve("whole.json");
    int code =
        run(
            "--csv",
            texts(3000).toString(),
            "--text-column",
            "text",
            "--label-column",
            "label",
            "--scope",
            "dataset",
            "--target",
            "0.9",
            "--budget",
            "1500",
            "--out",
            out.toString());
    assertEquals(0, code, err.toString());
    JsonNode report = new ObjectMapper().readTree(out.toFile());
    int twice = report.at("/human_error/checked").asInt();
    assertTrue(twice > 0, report.toString());
    assertEquals(report.get("human_labels").asInt() + twice, report.get("human_answers").asInt());
    assertTrue(report.get("human_answers").asInt() <= 1500, report.toString());
    assertTrue(report.get("refusal").isNull());
  }

  @Test
  void wrongUsageAndUnreadableInputAreCodeTwoAndOneLine() throws IOException {
    assertEquals(2, run("--out", "-"));
    String csv = texts(10).toString();
    assertEquals(
        2, run("--csv", csv, "--text-column", "words", "--label-column", "label", "--out", "-"));
    assertTrue(err.toString().contains("no column words"), err.toString());
    assertEquals(2, run("--images", "absent.gz", "--labels", "absent.gz", "--out", "-"));
  }
}
