package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabel.Source;
import org.atelier.dataset.LabelEvidence;
import org.junit.jupiter.api.Test;

/** What exports say when simulated people gave the answers, and of a job's certificate. */
class RehearsalExportTest extends ExportScene {

  private static final LabelEvidence.Issued CERTIFICATE =
      new LabelEvidence.Issued("/certificate.json", "At least 95.1 % are right.", "ab12");

  private UUID labelled(ItemKind kind) {
    UUID dataset =
        kind == ItemKind.TEXT
            ? dataset(kind, text("a", "t", "{}"), text("b", "t", "{}"))
            : dataset(kind, picture("a", null), picture("b", null));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    labels.add(label(0, Source.HUMAN, 0.9, 1, 1));
    return dataset;
  }

  @Test
  void everyFormatSaysSoInItsWay() throws IOException {
    evidence = new LabelEvidence.About(10, 9, null);
    UUID dataset = labelled(ItemKind.IMAGE);
    String[] rows = export(dataset, ExportFormat.CSV, labels.id).split("\r\n");
    assertTrue(rows[0].endsWith(",job,rehearsal"), rows[0]);
    assertTrue(rows[1].endsWith("," + labels.id + ",yes"), rows[1]);
    assertTrue(rows[2].endsWith(",,"), rows[2]);
    String[] lines = export(dataset, ExportFormat.JSONL, labels.id).split("\n");
    assertTrue(JSON.readTree(lines[0]).at("/label/rehearsal").asBoolean());
    assertTrue(
        JSON.readTree(export(dataset, ExportFormat.COCO, labels.id))
            .at("/info/rehearsal")
            .asBoolean());
    assertTrue(
        card(dataset)
            .contains("**This is a rehearsal.** 9 of 10 answers were given by simulated people"));
  }

  @Test
  void aManifestHasGroundTruthsOwnKeysAlone() throws IOException {
    evidence = new LabelEvidence.About(10, 10, null);
    UUID dataset = labelled(ItemKind.TEXT);
    String[] lines = export(dataset, ExportFormat.MANIFEST, labels.id).split("\n");
    JsonNode line = JSON.readTree(lines[0]);
    assertEquals("yes", line.at("/mood-metadata/human-annotated").asText());
    assertEquals(6, line.get("mood-metadata").size());
    assertFalse(lines[0].contains("rehearsal"), lines[0]);
  }

  @Test
  void theCardNamesTheCertificateAndRealPeoplesExportsNoRehearsal() throws IOException {
    evidence = new LabelEvidence.About(10, 0, CERTIFICATE);
    UUID dataset = labelled(ItemKind.IMAGE);
    String card = card(dataset);
    assertTrue(card.contains("## Certificate\n\nAt least 95.1 % are right.\n"), card);
    assertTrue(card.contains("SHA-256 `ab12`: <https://label.example.com/certificate.json>"), card);
    assertFalse(card.contains("rehearsal"), card);
    for (ExportFormat format :
        List.of(ExportFormat.CSV, ExportFormat.JSONL, ExportFormat.COCO, ExportFormat.MANIFEST)) {
      assertFalse(export(dataset, format, labels.id).contains("rehearsal"), format::name);
    }
  }

  private String card(UUID dataset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(dataset, ExportFormat.HUGGINGFACE, labels.id, out);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals("README.md")) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new IOException("There is no card");
  }
}
