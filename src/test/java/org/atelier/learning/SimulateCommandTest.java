package org.atelier.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
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
  void fewerItemsThanAModelNeedsAreRefusedInTheWordsOfThePage() throws IOException {
    Path out = folder.resolve("few.json");
    String csv = texts(299).toString();
    int code =
        run("--csv", csv, "--text-column", "text", "--label-column", "label", "--out", "" + out);
    assertEquals(2, code, err.toString());
    assertEquals(
        "simulate: A model needs at least 300 items for these labels, and there are 299: a job on"
            + " them is worked by hand, and people label all.",
        err.toString().strip());
    assertFalse(Files.exists(out));
  }

  @Test
  void nothingSaidTheBudgetIsThePagesAndRoundsWithoutCandidatesTellNothingOfThem()
      throws IOException {
    Path out = folder.resolve("unsure.json");
    int code =
        run(
            "--csv",
            chance(700).toString(),
            "--text-column",
            "text",
            "--label-column",
            "label",
            "--out",
            out.toString());
    assertEquals(0, code, err.toString());
    JsonNode report = new ObjectMapper().readTree(out.toFile());
    int answers = report.get("human_answers").asInt();
    assertTrue(answers > 140 && answers <= 600, report.toString());
    int without = 0;
    for (JsonNode round : report.get("rounds")) {
      if (round.get("candidate_labels").asInt() == 0) {
        without++;
        assertTrue(round.get("estimate").isNull(), round.toString());
        assertTrue(round.get("true_accuracy").isNull(), round.toString());
      } else {
        assertTrue(round.get("estimate").isNumber(), round.toString());
        assertTrue(round.get("true_accuracy").isNumber(), round.toString());
      }
    }
    assertTrue(without > 0, report.toString());
  }

  /** Texts that tell nothing of their labels. */
  private Path chance(int count) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder rows = new StringBuilder("id,text,label\n");
    for (int i = 0; i < count; i++) {
      rows.append(i).append(",word").append(random.nextInt(40));
      rows.append(random.nextBoolean() ? ",coat\n" : ",dress\n");
    }
    return Files.writeString(folder.resolve("chance.csv"), rows);
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
