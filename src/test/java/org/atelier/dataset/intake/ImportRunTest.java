package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.VersionDigest;
import org.atelier.dataset.format.CsvTextReader;
import org.atelier.dataset.format.FolderTree;
import org.atelier.dataset.format.PictureMapping;
import org.atelier.dataset.format.PictureTreeReader;
import org.atelier.dataset.format.RowLimits;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.format.RowSink;
import org.atelier.dataset.format.SourceRow;
import org.atelier.dataset.format.SourceView;
import org.atelier.dataset.format.TextMapping;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureLimits;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImportRunTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir Path folder;
  private final UUID project = Ids.next();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private Jdbi jdbi;
  private PackedObjectStore objects;

  @BeforeEach
  void open() throws IOException {
    jdbi = POSTGRES.jdbi();
    objects =
        PackedObjectStore.open(
            FolderBucket.open(folder.resolve("objects"), false, Clock.systemUTC()),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void goodRowsGoInAndRefusedOnesAreReported() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID id = start(dataset);
    run(
        id,
        csv("id,text,label\n1,a,X\n2,,X\n1,other,X\n4,a,X\n5,b,Y\n6,c,Z\n1,a,X\n"),
        List.of("X", "Y"));
    ImportRow row = row(id);
    assertEquals(2, row.added());
    assertEquals(1, row.present());
    assertEquals(
        List.of(
            "3: The text is empty",
            "4: The id 1 is taken by an item with other content",
            "5: It has the same content as the item 1",
            "7: The label Z is not in the label set"),
        refusals(id));
    assertEquals(List.of("0 1 a {X}", "1 5 b {Y}"), items(dataset));
  }

  @Test
  void anotherLabelOfAnItemThatIsThereIsRefusedInsteadOfLost() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID first = start(dataset);
    run(first, csv("id,text,label\n1,a,X\n2,b,\n"), null);
    finish(dataset, first);
    UUID id = start(dataset);
    run(id, csv("id,text,label\n1,a,X\n1,a,Y\n2,b,Y\n1,a,\n3,c,X\n3,c,Y\n"), null);
    assertEquals(2, row(id).present());
    assertEquals(
        List.of(
            "3: It is there already, with the label X; an import does not change the labels of items",
            "4: It is there already, without a label; an import does not change the labels of items",
            "7: It is there already, with the label X; an import does not change the labels of items"),
        refusals(id));
    assertEquals(List.of("0 1 a {X}", "1 2 b null", "2 3 c {X}"), items(dataset));
  }

  @Test
  void importThatBreaksOffGoesOnWithoutDuplicatesAndGivesTheSameDigest() throws IOException {
    StringBuilder csv = new StringBuilder("id,text,label\n");
    for (int i = 0; i < 25_000; i++) {
      csv.append(i).append(",text ").append(i % 20_000).append(",\n");
    }
    UUID whole = dataset(ItemKind.TEXT);
    UUID wholeImport = start(whole);
    run(wholeImport, csv(csv.toString()), null);

    UUID broken = dataset(ItemKind.TEXT);
    UUID id = start(broken);
    int[] steps = {0};
    assertThrows(
        ImportRun.StoppedException.class,
        () ->
            run(
                id,
                csv(csv.toString()),
                null,
                (position, total) -> {
                  if (++steps[0] == 1) {
                    throw new ImportRun.StoppedException(null);
                  }
                }));
    assertEquals(10_000, row(id).added());
    run(id, csv(csv.toString()), null);
    assertEquals(20_000, row(id).added());
    assertEquals(5_000, row(id).refused());
    assertEquals(row(wholeImport).chain(), row(id).chain());
    jdbi.useTransaction(
        h ->
            assertEquals(
                row(id).chain(),
                CatalogWrites.measure(h, broken, 1, 0, 0, "").digest(),
                "the chain equals the digest read item by item"));
    assertEquals(items(whole), items(broken));
  }

  @Test
  void contentNamesRowsWithoutIdSoThatRepeatingAddsNothing() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    var mapping = new TextMapping(null, List.of("text"), null, null, null, null);
    UUID first = start(dataset);
    run(first, csv("text\nsame\nother\n", mapping), null);
    finish(dataset, first);
    UUID second = start(dataset);
    run(second, csv("text\nsame\nnew\nother\n", mapping), null);
    assertEquals(1, row(second).added());
    assertEquals(2, row(second).present());
    assertEquals(2, row(second).pendingVersion());
  }

  @Test
  void hostileTextIsKeptAsItIsAndZerosAreRefused() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID id = start(dataset);
    String nasty = "<script>alert(1)</script>\\N \t {\"a\"} 😀";
    run(id, csv("id,text,label\n1," + nasty.replace("\"", "") + ",\"a\\\\,{}\"\n2,a\0b,\n"), null);
    assertEquals(1, row(id).added());
    assertEquals(List.of("0 1 " + nasty.replace("\"", "") + " {\"a\\\\\\\\,{}\"}"), items(dataset));
  }

  @Test
  void cancellingTakesEverythingBack() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE);
    picture("a.png", 0xff0000);
    UUID id = start(dataset);
    run(id, pictures(), null);
    assertEquals(1, row(id).added());
    jdbi.useTransaction(
        h -> {
          CatalogWrites.lock(h, project, dataset);
          ImportRepository.takeBack(h, row(id), 0, 1);
          ImportRepository.endTakenBack(h, row(id), NOW);
        });
    assertEquals(List.of(), items(dataset));
    assertEquals(0, count("dataset.picture where project_id = '" + project + "'"));
    UUID again = start(dataset);
    run(again, pictures(), null);
    assertEquals(1, row(again).added());
  }

  @Test
  void picturesAreStoredOnceAndDamagedOnesRefused() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE);
    picture("a.png", 0xff0000);
    picture("b.png", 0x00ff00);
    picture("copy-of-a.png", 0xff0000);
    Files.write(
        folder.resolve("pictures/cut.png"),
        java.util.Arrays.copyOf(Files.readAllBytes(folder.resolve("pictures/a.png")), 50));
    Files.writeString(folder.resolve("pictures/evil.jpg"), "<svg onload=alert(1)>");
    UUID id = start(dataset);
    run(id, pictures(), null);
    assertEquals(2, row(id).added());
    assertEquals(
        List.of(
            "3: It has the same content as the item a.png",
            "4: cut.png: The picture is truncated: the file ends before the picture does",
            "5: evil.jpg: Not a JPEG, PNG, WebP or GIF picture"),
        refusals(id));
    String sha256 =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select v.sha256 from dataset.item_view v join dataset.item i on i.id ="
                            + " v.item_id where i.dataset_id = ? and i.ordinal = 0")
                    .bind(0, dataset)
                    .mapTo(String.class)
                    .one());
    assertEquals("image/png", objects.stat(sha256).orElseThrow().mediaType());
  }

  @Test
  void itemWhosePicturesDoNotFitIntoMemoryTogetherIsRefusedBeforeTheyAreRead() throws IOException {
    UUID dataset = dataset(ItemKind.IMAGE);
    picture("a.png", 0xff0000);
    Path small = folder.resolve("pictures/a.png");
    List<SourceView> views =
        List.of(
            new SourceView.EncodedFile("front", "a.png", -1, () -> Files.newInputStream(small)),
            new SourceView.EncodedFile(
                "back",
                "b.png",
                256L << 20,
                () -> {
                  throw new AssertionError("must not be opened");
                }));
    UUID id = start(dataset);
    run(id, new OneRow(new SourceRow(1, "big", null, views, Map.of(), null, null)), null);
    assertEquals(
        List.of("1: The pictures of the item have more than 256 MiB together"), refusals(id));
    assertEquals(List.of(), items(dataset));
  }

  /** A source of one row. */
  private record OneRow(SourceRow row) implements RowReader {

    @Override
    public long total() {
      return 1;
    }

    @Override
    public long position() {
      return 1;
    }

    @Override
    public void read(RowSink sink) throws IOException {
      sink.row(row);
    }

    @Override
    public void close() {}
  }

  @Test
  void cancelledImportWritesNothingMore() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID id = start(dataset);
    jdbi.useHandle(
        h -> h.execute("update dataset.import set state = 'CANCELLED' where id = ?", id));
    assertThrows(
        ImportRun.NoLongerRunningException.class,
        () -> attempt(id, csv("id,text,label\n1,a,\n"), null, (p, t) -> {}));
    assertEquals(List.of(), items(dataset));
  }

  @Test
  void versionMadeMeanwhileDoesNotShowWhatIsStillComingIn() throws IOException {
    UUID dataset = dataset(ItemKind.TEXT);
    UUID first = start(dataset);
    run(first, csv("id,text,label\n1,a,\n2,b,\n"), null);
    finish(dataset, first);
    UUID second = start(dataset);
    run(second, csv("id,text,label\n3,c,\n"), null);
    jdbi.useTransaction(
        h -> {
          var locked = CatalogWrites.lock(h, project, dataset);
          int number = CatalogWrites.nextVersion(h, locked);
          assertEquals(2, number);
          var version = CatalogWrites.measure(h, dataset, number, 0, 0, "meanwhile");
          assertEquals(2, version.itemCount());
          CatalogWrites.addVersion(h, locked, number, version, null, NOW);
        });
    assertEquals(3, row(second).pendingVersion());
    finish(dataset, second);
    assertEquals(
        List.of(2, 2, 3),
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select item_count from dataset.dataset_version where dataset_id = ? order"
                            + " by number")
                    .bind(0, dataset)
                    .mapTo(Integer.class)
                    .list()));
  }

  @Test
  void otherLabelsOrOrderGiveAnotherDigest() throws IOException {
    UUID a = start(dataset(ItemKind.TEXT));
    run(a, csv("id,text,label\n1,a,X\n2,b,\n"), null);
    UUID b = start(dataset(ItemKind.TEXT));
    run(b, csv("id,text,label\n1,a,Y\n2,b,\n"), null);
    UUID c = start(dataset(ItemKind.TEXT));
    run(c, csv("id,text,label\n2,b,\n1,a,X\n"), null);
    assertNotEquals(row(a).chain(), row(b).chain());
    assertNotEquals(row(a).chain(), row(c).chain());
    assertTrue(row(a).chain().matches("[0-9a-f]{64}"));
  }

  private UUID dataset(ItemKind kind) {
    UUID id = Ids.next();
    jdbi.useTransaction(
        h ->
            assertTrue(
                CatalogWrites.insertDataset(h, id, project, "d" + id, kind, "", null, NOW)
                    .isPresent()));
    return id;
  }

  private UUID start(UUID dataset) {
    UUID id = Ids.next();
    jdbi.useTransaction(
        h -> {
          var locked = CatalogWrites.lock(h, project, dataset);
          String chain =
              CatalogWrites.versionFacts(h, dataset, locked.latestVersion())
                  .map(CatalogWrites.NewVersion::digest)
                  .orElse(new VersionDigest().hex());
          var made = new ImportRepository.NewImport(id, project, dataset, "{}", "test");
          assertTrue(ImportRepository.insert(h, made, locked, chain, null, NOW));
        });
    return id;
  }

  private void finish(UUID dataset, UUID id) {
    jdbi.useTransaction(
        h -> {
          var locked = CatalogWrites.lock(h, project, dataset);
          int number = row(id).pendingVersion();
          var version = CatalogWrites.measure(h, dataset, number, row(id).added(), 0, "");
          CatalogWrites.addVersion(h, locked, number, version, null, NOW);
          ImportRepository.end(h, id, "DONE", number, NOW);
        });
  }

  private void run(UUID id, RowReader reader, List<String> allowed) throws IOException {
    run(id, reader, allowed, (position, total) -> {});
  }

  private void run(UUID id, RowReader reader, List<String> allowed, ImportRun.Watcher watcher)
      throws IOException {
    jdbi.useTransaction(h -> ImportRepository.begin(h, id, id, reader.total()));
    attempt(id, reader, allowed, watcher);
  }

  private void attempt(UUID id, RowReader reader, List<String> allowed, ImportRun.Watcher watcher)
      throws IOException {
    Transactions transactions =
        new Transactions() {
          @Override
          public <T> T call(Step<T> step) {
            return jdbi.inTransaction(step::on);
          }
        };
    var tools =
        new ImportRun.Tools(
            transactions, objects, new PictureCleaner(PictureLimits.DEFAULT), threads);
    try (reader) {
      new ImportRun(tools, row(id), reader, new RowPreparation(allowed), watcher).run();
    }
  }

  private ImportRow row(UUID id) {
    return jdbi.withHandle(h -> ImportRepository.find(h, id)).orElseThrow();
  }

  private List<String> refusals(UUID id) {
    return jdbi.withHandle(h -> ImportRepository.refusals(h, id, -1, -1, 100)).stream()
        .map(r -> r.rowNumber() + ": " + r.reason())
        .toList();
  }

  private List<String> items(UUID dataset) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select concat_ws(' ', ordinal, external_id, text, known_labels::text)"
                        + " from dataset.item where dataset_id = ? order by ordinal")
                .bind(0, dataset)
                .mapTo(String.class)
                .list());
  }

  private int count(String from) {
    return jdbi.withHandle(
        h -> h.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }

  private RowReader csv(String content) throws IOException {
    return csv(content, new TextMapping("id", List.of("text"), "label", null, null, null));
  }

  private RowReader csv(String content, TextMapping mapping) throws IOException {
    Path file = Files.writeString(folder.resolve("f.csv"), content);
    return new CsvTextReader(file, "f.csv", ',', mapping, RowLimits.DEFAULT);
  }

  private RowReader pictures() throws IOException {
    return new PictureTreeReader(
        new FolderTree(folder.resolve("pictures"), 100), PictureMapping.DEFAULT, RowLimits.DEFAULT);
  }

  private void picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, rgb);
    Files.createDirectories(folder.resolve("pictures"));
    assertTrue(ImageIO.write(image, "png", folder.resolve("pictures/" + name).toFile()));
  }
}
