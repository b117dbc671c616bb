package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Imports into datasets of one project, run in this thread. */
abstract class ImportScene {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir Path folder;
  final UUID project = Ids.next();
  final ExecutorService threads = Executors.newFixedThreadPool(2);
  Jdbi jdbi;
  PackedObjectStore objects;

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

  /** A source of one row. */
  record OneRow(SourceRow row) implements RowReader {

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

  UUID dataset(ItemKind kind) {
    UUID id = Ids.next();
    jdbi.useTransaction(
        h ->
            assertTrue(
                CatalogWrites.insertDataset(h, id, project, "d" + id, kind, "", null, NOW)
                    .isPresent()));
    return id;
  }

  UUID start(UUID dataset) {
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

  void finish(UUID dataset, UUID id) {
    jdbi.useTransaction(
        h -> {
          var locked = CatalogWrites.lock(h, project, dataset);
          int number = row(id).pendingVersion();
          var version = CatalogWrites.measure(h, dataset, number, row(id).added(), 0, "");
          CatalogWrites.addVersion(h, locked, number, version, null, NOW);
          ImportRepository.end(h, id, "DONE", number, NOW);
        });
  }

  void run(UUID id, RowReader reader, List<String> allowed) throws IOException {
    run(id, reader, allowed, (position, total) -> {});
  }

  void run(UUID id, RowReader reader, List<String> allowed, ImportRun.Watcher watcher)
      throws IOException {
    jdbi.useTransaction(h -> ImportRepository.begin(h, id, id, reader.total()));
    attempt(id, reader, allowed, watcher);
  }

  void attempt(UUID id, RowReader reader, List<String> allowed, ImportRun.Watcher watcher)
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

  ImportRow row(UUID id) {
    return jdbi.withHandle(h -> ImportRepository.find(h, id)).orElseThrow();
  }

  List<String> refusals(UUID id) {
    return jdbi.withHandle(h -> Refusals.after(h, id, -1, -1, 100)).stream()
        .map(r -> r.rowNumber() + ": " + r.reason())
        .toList();
  }

  List<String> items(UUID dataset) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select concat_ws(' ', ordinal, external_id, text, known_labels::text)"
                        + " from dataset.item where dataset_id = ? order by ordinal")
                .bind(0, dataset)
                .mapTo(String.class)
                .list());
  }

  int count(String from) {
    return jdbi.withHandle(
        h -> h.createQuery("select count(*) from " + from).mapTo(Integer.class).one());
  }

  RowReader csv(String content) throws IOException {
    return csv(content, new TextMapping("id", List.of("text"), "label", null, null, null));
  }

  RowReader csv(String content, TextMapping mapping) throws IOException {
    Path file = Files.writeString(folder.resolve("f.csv"), content);
    return new CsvTextReader(file, "f.csv", ',', mapping, RowLimits.DEFAULT);
  }

  RowReader pictures() throws IOException {
    return new PictureTreeReader(
        new FolderTree(folder.resolve("pictures"), 100), PictureMapping.DEFAULT, RowLimits.DEFAULT);
  }

  void picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, rgb);
    Files.createDirectories(folder.resolve("pictures"));
    assertTrue(ImageIO.write(image, "png", folder.resolve("pictures/" + name).toFile()));
  }
}
