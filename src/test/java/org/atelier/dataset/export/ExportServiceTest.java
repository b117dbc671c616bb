package org.atelier.dataset.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabel.GivenAnswer;
import org.atelier.dataset.ItemLabel.Source;
import org.atelier.dataset.ItemLabels;
import org.atelier.dataset.VersionView;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.NewItem;
import org.atelier.dataset.catalog.TestCatalog;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.duckdb.DuckDBDriver;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportServiceTest extends ExportScene {

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
  void csvHoldsOneRowPerItem() throws IOException {
    UUID dataset =
        dataset(ItemKind.TEXT, text("a", "say \"hi\",\nthen", "{}"), text("b", "=1+1", "{}"));
    labels.of(dataset, false, "mood", "moods", List.of("good", "bad"));
    labels.add(label(1, Source.MACHINE, 0.75, 0, 1));
    assertEquals(
        "id,text,label,label_source,confidence,answers,round,model,labeled_at,metadata,job\r\n"
            + "a,\"say \"\"hi\"\",\nthen\",,,,,,,,,\r\n"
            + "b,=1+1,bad,machine,0.75,0,2,m1,2018-10-18T22:18:13.527256Z,,"
            + labels.id
            + "\r\n",
        export(dataset, ExportFormat.CSV, labels.id));
  }

  @Test
  void aVersionSaysOfEveryLabelWhetherItCameWithTheDataOrWhoGaveIt() throws IOException {
    UUID dataset =
        dataset(
            ItemKind.TEXT,
            known("a", List.of("good")),
            known("b", List.of("good")),
            known("c", null),
            known("d", null));
    UUID job = Ids.next();
    labelledBy(job, dataset, Map.of("b", Source.HUMAN, "c", Source.MACHINE));
    String came = "a,t,good,known,,,,,,,\r\n";
    assertEquals(
        came
            + "b,t,bad,human,,,,,,,%s\r\nc,t,bad,machine,,,,,,,%s\r\n".formatted(job, job)
            + "d,t,,,,,,,,,\r\n",
        export(dataset, ExportFormat.CSV, null).split("job\r\n")[1]);
    assertTrue(exportOf(dataset, 1).contains(came));
    assertTrue(exportOf(dataset, 1).contains("b,t,good,known,"));
    String[] lines = export(dataset, ExportFormat.JSONL, null).split("\n");
    assertEquals("known", JSON.readTree(lines[0]).at("/known_labels_source").asText());
    assertEquals("machine", JSON.readTree(lines[2]).at("/known_labels_source").asText());
    assertEquals(job.toString(), JSON.readTree(lines[2]).at("/known_labels_job").asText());
    assertTrue(JSON.readTree(lines[3]).path("known_labels_source").isMissingNode());
  }

  @Test
  void aVersionCountsWhoseItsLabelsAre() {
    UUID dataset =
        dataset(
            ItemKind.TEXT,
            known("a", List.of("good")),
            known("b", List.of("good")),
            known("c", null),
            known("d", List.of("good")));
    Map<String, Source> given = Map.of("b", Source.MACHINE, "c", Source.MACHINE, "d", Source.HUMAN);
    labelledBy(Ids.next(), dataset, given);
    VersionView version = TestCatalog.reads(jdbi).version(project.id(), dataset, 2);
    assertEquals(4, version.labeled());
    assertEquals(1, version.labeledByPeople());
    assertEquals(2, version.labeledByMachine());
    assertEquals(1, version.labeledByMachineAlone());
  }

  private String exportOf(UUID dataset, int version) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var prepared =
        exports.prepare(
            new ExportService.Request(project, dataset, version, ExportFormat.CSV, null));
    jdbi.useTransaction(h -> exports.write(h, prepared, out));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Writes version 2, in which a job says "bad" of some items. */
  private void labelledBy(UUID job, UUID dataset, Map<String, Source> given) {
    var items = TestCatalog.reads(jdbi).named(project.id(), dataset, given.keySet());
    jdbi.useTransaction(
        h -> {
          var locked = CatalogWrites.lock(h, project.id(), dataset);
          CatalogWrites.addLabels(
              h,
              dataset,
              2,
              items.stream()
                  .map(
                      item ->
                          new ItemLabels(
                              item.id(), List.of("bad"), given.get(item.externalId()), job))
                  .toList());
          var version = CatalogWrites.measure(h, dataset, 2, 0, 0, "");
          CatalogWrites.addVersion(h, locked, 2, version, null, AT);
        });
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
    assertEquals("i0,t,name 7|name 8,known,,,,,,,", csv.get(1));
    for (int i = 1; i < items.length; i++) {
      assertEquals("i%d,t,name %d,known,,,,,,,".formatted(i, i), csv.get(i + 1));
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

  @Test
  void moreKnownLabelsThanCanBeNumberedAreRefusedInWordsAndNotWhereNoneIsNumbered()
      throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= KnownLabels.MOST; i++) {
      names.add("n" + i);
    }
    UUID dataset = dataset(ItemKind.TEXT, known("a", names), known("b", List.of()));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> export(dataset, ExportFormat.HUGGINGFACE, null));
    assertTrue(refused.getMessage().contains("100,000"), refused.getMessage());
    assertTrue(export(dataset, ExportFormat.CSV, null).contains("|n99999|n100000,known,"));
    for (ExportFormat format : List.of(ExportFormat.JSONL, ExportFormat.MANIFEST)) {
      assertTrue(export(dataset, format, null).contains("\"n99999\",\"n100000\"]"));
    }
  }

  @Test
  void itemsWithoutAnyLabelMakeOthersLabelsLists(@TempDir Path folder)
      throws IOException, SQLException {
    UUID dataset = dataset(ItemKind.TEXT, known("a", List.of("x")), known("b", List.of()));
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    write(dataset, ExportFormat.HUGGINGFACE, null, zip);
    Path parquet = Files.write(folder.resolve("t.parquet"), firstEntry(zip));
    try (var duck = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        var statement = duck.createStatement();
        var rows = statement.executeQuery("select len(labels) from '" + parquet + "'")) {
      assertTrue(rows.next());
      assertEquals(1, rows.getInt(1));
      assertTrue(rows.next());
      assertEquals(0, rows.getInt(1));
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
}
