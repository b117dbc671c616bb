package org.atelier.dataset.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExportCommandTest {

  @Test
  void theLineForScriptsIsAWholeCommandWithTheInstallationsOwnAddress() {
    UUID dataset = new UUID(0, 1);
    UUID job = new UUID(0, 2);
    String begin =
        "java -jar quarkus-run.jar export --url https://label.example.com --project house --dataset"
            + " "
            + dataset
            + " --version-number 3";
    String end = " --format csv --out labels.csv";
    String url = "https://label.example.com";
    assertEquals(begin + end, ExportPages.command(url, "house", dataset, 3, null));
    assertEquals(
        begin + " --labels " + job + end, ExportPages.command(url, "house", dataset, 3, job));
  }
}
