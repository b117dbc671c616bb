package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabel.ClassConfidence;
import org.atelier.dataset.ItemLabel.Source;
import org.junit.jupiter.api.Test;

/** What stands in Ground Truth output manifests. */
class ManifestExportTest extends ExportScene {

  @Test
  void singleLabelManifestHasTheShapeOfGroundTruth() throws IOException {
    UUID dataset =
        dataset(
            ItemKind.IMAGE,
            picture("a", "{\"source-ref\":\"s3://b/i.jpg\", \"price\":1.50}"),
            picture("b", "{\"source-ref\":\"s3://b/j.jpg\"}"),
            picture("c", "{\"source-ref\":\"s3://b/k.jpg\"}"));
    labels.of(dataset, false, "species", "identify-animal-species", List.of("dog", "cat"));
    labels.add(label(0, Source.HUMAN, 0.8, 3, 0));
    labels.add(label(2, Source.MACHINE, 0.9876, 0, 1));
    String manifest = export(dataset, ExportFormat.MANIFEST, labels.id);
    assertEquals(
        "{\"source-ref\":\"s3://b/i.jpg\","
            + " \"price\":1.50,\"species\":\"0\",\"species-metadata\":{\"class-name\":\"dog\",\"confidence\":0.8,\"type\":\"groundtruth/image-classification\",\"job-name\":\"identify-animal-species\",\"human-annotated\":\"yes\",\"creation-date\":\"2018-10-18T22:18:13.527256\"}}\n"
            + "{\"source-ref\":\"s3://b/j.jpg\"}\n"
            + "{\"source-ref\":\"s3://b/k.jpg\",\"species\":\"1\",\"species-metadata\":{\"class-name\":\"cat\",\"confidence\":0.9876,\"type\":\"groundtruth/image-classification\",\"job-name\":\"identify-animal-species\",\"human-annotated\":\"no\",\"creation-date\":\"2018-10-18T22:18:13.527256\"}}\n",
        manifest);
  }

  @Test
  void keysThatCameInStayAndTheLabelTakesAnotherNameInEveryLine() throws IOException {
    UUID dataset =
        dataset(
            ItemKind.IMAGE,
            picture(
                "a",
                "{\"source-ref\":\"s3://b/i.jpg\",\"species\":\"1\","
                    + "\"species-metadata\":{\"class-name\":\"cat\"},\"age\":3.0e1}"),
            picture("b", "{\"source-ref\":\"s3://b/j.jpg\",\"species-label\":true}"));
    labels.of(dataset, false, "species", "again", List.of("dog", "cat"));
    labels.add(label(0, Source.HUMAN, 0.8, 3, 0));
    labels.add(label(1, Source.HUMAN, 0.8, 3, 0));
    List<String> lines = export(dataset, ExportFormat.MANIFEST, labels.id).lines().toList();
    String label =
        ",\"species-label-2\":\"0\",\"species-label-2-metadata\":{\"class-name\":\"dog\"";
    assertTrue(
        lines
            .get(0)
            .startsWith(
                "{\"source-ref\":\"s3://b/i.jpg\",\"species\":\"1\","
                    + "\"species-metadata\":{\"class-name\":\"cat\"},\"age\":3.0e1"
                    + label),
        lines.get(0));
    assertTrue(
        lines.get(1).startsWith("{\"source-ref\":\"s3://b/j.jpg\",\"species-label\":true" + label),
        lines.get(1));
  }

  @Test
  void valuesAndInnerKeysDoNotMakeTheLabelTakeAnotherName() throws IOException {
    UUID dataset =
        dataset(
            ItemKind.IMAGE,
            picture(
                "a",
                "{\"source-ref\":\"s3://b/i.jpg\",\"type\":\"species\",\"of\":{\"species\":null}}"));
    labels.of(dataset, false, "species", "again", List.of("dog", "cat"));
    labels.add(label(0, Source.HUMAN, 0.8, 3, 0));
    assertEquals("0", manifest(dataset).get("species").asText());
  }

  @Test
  void keysWithEscapesAreKeys() throws IOException {
    UUID dataset =
        dataset(
            ItemKind.IMAGE,
            picture("a", "{\"source-ref\":\"s3://b/i.jpg\",\"\\u0073pecies\":null}"));
    labels.of(dataset, false, "species", "again", List.of("dog", "cat"));
    labels.add(label(0, Source.HUMAN, 0.8, 3, 0));
    assertEquals("0", manifest(dataset).get("species-label").asText());
  }

  @Test
  void allManifestsOfAJobHaveItsLabelsUnderTheSameName() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT, text("a", "t", "{\"mood\":\"9\"}"));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    labels.add(label(0, Source.HUMAN, 0.9, 3, 1));
    assertEquals("1", manifest(dataset).get("mood-label").asText());
    jdbi.useHandle(
        h ->
            h.execute(
                "update dataset.item set metadata = '{\"mood-label\": 1}' where dataset_id = ?",
                dataset));
    labels.of(dataset, false, "feeling", "feelings", List.of("good", "bad"));
    assertEquals("1", manifest(dataset).get("mood-label").asText());
  }

  private JsonNode manifest(UUID dataset) throws IOException {
    return JSON.readTree(export(dataset, ExportFormat.MANIFEST, labels.id));
  }

  @Test
  void oneWorkersConfidenceIsZero() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT, text("a", "t", "{}"));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    labels.add(label(0, Source.HUMAN, 1, 1, 1));
    JsonNode line = JSON.readTree(export(dataset, ExportFormat.MANIFEST, labels.id));
    assertEquals("t", line.get("source").asText());
    assertEquals(0.0, line.at("/mood-metadata/confidence").asDouble());
    assertEquals("groundtruth/text-classification", line.at("/mood-metadata/type").asText());
  }

  @Test
  void multiLabelManifestHoldsWhatAnyWorkerChose() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE, picture("a", "{\"source-ref\":\"s3://b/i.jpg\"}"));
    labels.of(dataset, true, "attr", "attr", List.of("person", "bicycle", "clothing"));
    ItemLabel base = label(0, Source.HUMAN, 0.5, 3, 0, 1);
    labels.add(
        new ItemLabel(
            base.itemId(),
            0,
            base.classes(),
            base.source(),
            0.5,
            List.of(
                new ClassConfidence(1, 0.95),
                new ClassConfidence(0, 0.77),
                new ClassConfidence(2, 0.2)),
            3,
            1,
            null,
            AT,
            List.of()));
    assertEquals(
        "{\"source-ref\":\"s3://b/i.jpg\",\"attr\":[1,0,2],\"attr-metadata\":{\"job-name\":\"labeling-job/attr\",\"class-map\":{\"1\":\"bicycle\",\"0\":\"person\",\"2\":\"clothing\"},\"human-annotated\":\"yes\",\"creation-date\":\"2018-10-18T22:18:13.527256\",\"confidence-map\":{\"1\":0.95,\"0\":0.77,\"2\":0.2},\"type\":\"groundtruth/image-classification-multilabel\"}}\n",
        export(dataset, ExportFormat.MANIFEST, labels.id));
  }

  @Test
  void metadataCannotForgeTheLabel() throws IOException {
    UUID dataset =
        dataset(
            ItemKind.TEXT,
            text(
                "a",
                "t",
                "{\"mood\":\"9\",\"source\":\"x\",\"brand\":\"<b>\",\"mood-metadata\":{}}"));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    labels.add(label(0, Source.HUMAN, 0.9, 3, 1));
    String line = export(dataset, ExportFormat.MANIFEST, labels.id);
    assertEquals(line.indexOf("\"mood\":"), line.lastIndexOf("\"mood\":"));
    JsonNode node = JSON.readTree(line);
    assertEquals("9", node.get("mood").asText());
    assertEquals("1", node.get("mood-label").asText());
    assertEquals("t", node.get("source").asText());
    assertEquals("<b>", node.get("brand").asText());
  }
}
