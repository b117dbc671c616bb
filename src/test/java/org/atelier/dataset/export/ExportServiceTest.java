package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabel.ClassConfidence;
import org.atelier.dataset.ItemLabel.GivenAnswer;
import org.atelier.dataset.ItemLabel.Source;
import org.atelier.dataset.LabelSource;
import org.atelier.dataset.PictureVisitor;
import org.atelier.dataset.Pictures;
import org.atelier.dataset.ViewRef;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.NewItem;
import org.atelier.dataset.catalog.TestCatalog;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.ProjectRef;
import org.atelier.platform.database.PostgresExtension;
import org.duckdb.DuckDBDriver;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExportServiceTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant AT = Instant.parse("2018-10-18T22:18:13.527256Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProjectRef project = new ProjectRef(Ids.next(), "house", "House");
  private final LabelsInMemory labels = new LabelsInMemory();
  private Jdbi jdbi;
  private ExportService exports;

  @BeforeEach
  void open() {
    jdbi = POSTGRES.jdbi();
    exports =
        new ExportService(
            jdbi,
            TestCatalog.reads(jdbi),
            new OnePicture(),
            List.<LabelSource>of(labels),
            BaseAddress.at("https://label.example.com/"));
  }

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
  void picturesThatWereUploadedAreNamedByAnAddressThatLeadsToThem() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE, picture("a", null));
    String where = "https://label.example.com/p/";
    assertTrue(
        export(dataset, ExportFormat.MANIFEST, null).startsWith("{\"source-ref\":\"" + where));
    assertTrue(export(dataset, ExportFormat.CSV, null).lines().toList().get(1).contains(where));
    assertEquals(
        where + "house/blobs/" + "ab".repeat(32),
        JSON.readTree(export(dataset, ExportFormat.COCO, null)).at("/images/0/coco_url").asText());
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

  @Test
  void csvHoldsOneRowPerItem() throws IOException {
    UUID dataset =
        dataset(ItemKind.TEXT, text("a", "say \"hi\",\nthen", "{}"), text("b", "=1+1", "{}"));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    labels.add(label(1, Source.MACHINE, 0.75, 0, 1));
    assertEquals(
        "id,text,label,label_source,confidence,answers,round,model,labeled_at,metadata\r\n"
            + "a,\"say \"\"hi\"\",\nthen\",,,,,,,,\r\n"
            + "b,=1+1,bad,machine,0.75,0,2,m1,2018-10-18T22:18:13.527256Z,\r\n",
        export(dataset, ExportFormat.CSV, labels.id));
  }

  @Test
  void jsonLinesCarryEveryAnswer() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT, text("a", "t", "{\"age\":\"3\"}"), text("b", "u", "{}"));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    ItemLabel base = label(0, Source.HUMAN, 0.9, 2, 1);
    var answer = new GivenAnswer("w-1", new int[] {1}, AT, 1200);
    labels.add(
        new ItemLabel(
            base.itemId(),
            0,
            base.classes(),
            base.source(),
            0.9,
            List.of(),
            2,
            2,
            null,
            AT,
            List.of(answer)));
    String[] lines = export(dataset, ExportFormat.JSONL, labels.id).split("\n");
    assertEquals(2, lines.length);
    JsonNode first = JSON.readTree(lines[0]);
    assertEquals("3", first.at("/metadata/age").asText());
    assertEquals("human", first.at("/label/source").asText());
    assertEquals("bad", first.at("/label/names/0").asText());
    assertEquals("w-1", first.at("/label/answers/0/worker").asText());
    assertEquals(1200, first.at("/label/answers/0/active_millis").asInt());
    assertTrue(JSON.readTree(lines[1]).path("label").isMissingNode());
  }

  @Test
  void cocoListsImagesCategoriesAndAnnotations() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE, picture("a", null), picture("b", null));
    labels.of(dataset, false, "species", "job", List.of("dog", "cat"));
    labels.add(label(1, Source.MACHINE, 0.97, 0, 1));
    JsonNode coco = JSON.readTree(export(dataset, ExportFormat.COCO, labels.id));
    assertEquals(2, coco.get("images").size());
    assertEquals("b", coco.at("/images/1/file_name").asText());
    assertEquals("cat", coco.at("/categories/1/name").asText());
    assertEquals(1, coco.get("annotations").size());
    assertEquals(2, coco.at("/annotations/0/image_id").asInt());
    assertEquals(2, coco.at("/annotations/0/category_id").asInt());
  }

  @Test
  void huggingFaceFolderIsReadBackByAParquetReader(@TempDir Path folder)
      throws IOException, SQLException {
    UUID dataset = dataset(ItemKind.IMAGE, picture("a", null), picture("b", null));
    labels.of(dataset, false, "species", "job", List.of("dog", "c'at"));
    labels.add(label(1, Source.HUMAN, 0.9, 3, 1));
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    write(dataset, ExportFormat.HUGGINGFACE, labels.id, zip);
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    String card = new String(files.get("README.md"), StandardCharsets.UTF_8);
    assertTrue(card.contains("'1': \"c'at\""), card);
    assertTrue(card.contains("num_examples: 2"), card);
    Path parquet = Files.write(folder.resolve("t.parquet"), files.get("data/train-00000.parquet"));
    try (var duck = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        var statement = duck.createStatement();
        var rows =
            statement.executeQuery(
                "select id, octet_length(image.bytes), label, confidence from '" + parquet + "'")) {
      assertTrue(rows.next());
      assertEquals("a", rows.getString(1));
      assertEquals(3, rows.getInt(2));
      assertEquals(null, rows.getObject(3));
      assertTrue(rows.next());
      assertEquals(1, rows.getInt(3));
      assertEquals(0.9, rows.getDouble(4));
    }
  }

  @Test
  void knownLabelsAreAllExportedHoweverManyThereAre(@TempDir Path folder)
      throws IOException, SQLException {
    NewItem[] items = new NewItem[10_100];
    for (int i = 0; i < items.length; i++) {
      items[i] = known("i" + i, i == 0 ? List.of("name 7", "name 8") : List.of("name " + i));
    }
    UUID dataset = dataset(ItemKind.TEXT, items);
    List<String> csv = export(dataset, ExportFormat.CSV, null).lines().toList();
    assertEquals("i0,t,name 7|name 8,known,,,,,,", csv.get(1));
    for (int i = 1; i < items.length; i++) {
      assertEquals("i%d,t,name %d,known,,,,,,".formatted(i, i), csv.get(i + 1));
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    write(dataset, ExportFormat.HUGGINGFACE, null, zip);
    Path parquet = Files.write(folder.resolve("t.parquet"), firstEntry(zip));
    try (var duck = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        var statement = duck.createStatement();
        var rows =
            statement.executeQuery(
                "select len(labels), (select count(distinct l) from (select unnest(labels) l from '"
                    + parquet
                    + "')) from '"
                    + parquet
                    + "' where id = 'i0'")) {
      assertTrue(rows.next());
      assertEquals(2, rows.getInt(1));
      assertEquals(10_099, rows.getInt(2));
    }
  }

  private static byte[] firstEntry(ByteArrayOutputStream zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
      in.getNextEntry();
      return in.readAllBytes();
    }
  }

  @Test
  void exportShowsTheStateAtItsBeginning() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT, text("a", "t", "{}"), text("b", "u", "{}"));
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          private boolean changed;

          @Override
          public void write(byte[] bytes, int offset, int count) {
            if (!changed) {
              changed = true;
              Jdbi.create(POSTGRES.dataSource())
                  .useHandle(
                      h ->
                          h.execute(
                              "update dataset.item set text = 'x' where dataset_id = ?", dataset));
            }
            super.write(bytes, offset, count);
          }
        };
    write(dataset, ExportFormat.CSV, null, out);
    String csv = out.toString(StandardCharsets.UTF_8);
    assertTrue(csv.contains("b,u,"), csv);
  }

  @Test
  void wrongRequestsAreRefusedBeforeAnythingIsWritten() {
    UUID dataset = dataset(ItemKind.TEXT, text("a", "t", "{}"));
    assertThrows(ProblemException.class, () -> export(dataset, ExportFormat.CSV, Ids.next()));
    assertThrows(ProblemException.class, () -> export(dataset, ExportFormat.COCO, null));
    labels.of(dataset, false, "mood-metadata", "m", List.of("good"));
    assertThrows(ProblemException.class, () -> export(dataset, ExportFormat.CSV, labels.id));
  }

  private String export(UUID dataset, ExportFormat format, UUID source) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(dataset, format, source, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void write(UUID dataset, ExportFormat format, UUID source, OutputStream out)
      throws IOException {
    var prepared =
        exports.prepare(new ExportService.Request(project, dataset, null, format, source));
    jdbi.useTransaction(h -> exports.write(h, prepared, out));
  }

  private UUID dataset(ItemKind kind, NewItem... items) {
    UUID id = Ids.next();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(h, id, project.id(), "d " + id, kind, "", null, AT);
          var locked = CatalogWrites.lock(h, project.id(), id);
          CatalogWrites.addItems(h, locked, 1, List.of(items));
          var version = CatalogWrites.measure(h, id, 1, items.length, 0, "");
          CatalogWrites.addVersion(h, locked, 1, version, null, AT);
        });
    return id;
  }

  private static NewItem text(String id, String text, String metadata) {
    return new NewItem(1, id, text, metadata, null, null, new byte[32], List.of());
  }

  private static NewItem known(String id, List<String> labels) {
    return new NewItem(1, id, "t", "{}", labels, null, new byte[32], List.of());
  }

  private static NewItem picture(String id, String line) {
    var view = new ViewRef("front view", "ab".repeat(32), 4, 3);
    return new NewItem(1, id, null, "{}", null, line, new byte[32], List.of(view));
  }

  private static ItemLabel label(
      int ordinal, Source source, double confidence, int answers, int... classes) {
    String model = source == Source.MACHINE ? "m1" : null;
    return new ItemLabel(
        Ids.next(),
        ordinal,
        classes,
        source,
        confidence,
        List.of(),
        answers,
        2,
        model,
        AT,
        List.of());
  }

  /** Every picture has three bytes. */
  private static final class OnePicture implements Pictures {

    @Override
    public PictureBytes open(UUID projectId, String sha256) {
      return new PictureBytes(new ByteArrayInputStream(new byte[3]), "image/png", 3);
    }

    @Override
    public PictureBytes thumbnail(UUID projectId, String sha256, int longSide) {
      return open(projectId, sha256);
    }

    @Override
    public void visit(UUID projectId, Collection<String> sha256s, PictureVisitor visitor) {
      throw new IllegalStateException("not asked");
    }
  }
}
