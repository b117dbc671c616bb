package org.atelier.dataset.intake;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.VersionDigest;
import org.atelier.dataset.export.ExportBench;
import org.atelier.dataset.format.CsvTextReader;
import org.atelier.dataset.format.IdxReader;
import org.atelier.dataset.format.RowLimits;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.format.TextMapping;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureLimits;
import org.atelier.platform.Ids;
import org.atelier.platform.database.DataDirectory;
import org.atelier.platform.database.EmbeddedDatabase;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures import and export against a database and an object store that wait for the disk (fsync
 * on), in a folder of its own. Arguments: {@code FOLDER images IMAGES.gz LABELS.gz | FOLDER texts
 * ROWS | FOLDER export}; each continues in the folder of the one before. {@code export} exports the
 * texts with one machine label each.
 */
public final class DatasetBench {

  private static final UUID PROJECT = new UUID(0x7000L, 0x8000000000000001L);

  private final Jdbi jdbi;
  private final Path folder;

  private DatasetBench(Jdbi jdbi, Path folder) {
    this.jdbi = jdbi;
    this.folder = folder;
  }

  public static void main(String... args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    try (EmbeddedDatabase database =
        EmbeddedDatabase.start(
            DataDirectory.open(folder.resolve("data")), new EmbeddedDatabase.Options(0, true))) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(database.jdbcUrl());
      source.setUser(database.username());
      source.setPassword(database.password());
      Flyway.configure().dataSource(source).load().migrate();
      Jdbi jdbi =
          Jdbi.create(source)
              .installPlugin(new PostgresPlugin())
              .installPlugin(new Jackson2Plugin());
      DatasetBench bench = new DatasetBench(jdbi, folder);
      switch (args[1]) {
        case "images" -> bench.images(Path.of(args[2]), Path.of(args[3]));
        case "texts" -> bench.texts(Integer.parseInt(args[2]));
        default -> bench.export();
      }
    }
  }

  private void images(Path images, Path labels) throws IOException {
    run("images", ItemKind.IMAGE, new IdxReader(images, labels, List.of()));
  }

  private void texts(int rows) throws IOException {
    Path csv = folder.resolve("texts-" + rows + ".csv");
    if (Files.notExists(csv)) {
      Random random = new Random(1);
      try (BufferedWriter out = Files.newBufferedWriter(csv)) {
        out.write("id,text,label\n");
        for (int i = 0; i < rows; i++) {
          out.write("item-" + i + ",\"A coat, number " + random.nextLong() + ", soft and ");
          out.write("warm, worn twice in autumn rain; it fits well over a pullover\",L");
          out.write(random.nextInt(10) + "\n");
        }
      }
    }
    var mapping = new TextMapping("id", List.of("text"), "label", null, null, null);
    run(
        "texts",
        ItemKind.TEXT,
        new CsvTextReader(csv, "texts.csv", ',', mapping, RowLimits.DEFAULT));
  }

  private void run(String name, ItemKind kind, RowReader reader) throws IOException {
    UUID dataset = Ids.next();
    UUID id = Ids.next();
    Instant now = Clock.systemUTC().instant();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(h, dataset, PROJECT, name + dataset, kind, "", null, now);
          var locked = CatalogWrites.lock(h, PROJECT, dataset);
          var made = new ImportRepository.NewImport(id, PROJECT, dataset, "{}", name);
          ImportRepository.insert(h, made, locked, new VersionDigest().hex(), null, now);
          ImportRepository.begin(h, id, id, reader.total());
        });
    Transactions transactions =
        new Transactions() {
          @Override
          public <T> T call(Step<T> step) {
            return jdbi.inTransaction(step::on);
          }
        };
    var objects =
        PackedObjectStore.open(
            FolderBucket.open(folder.resolve("objects"), true, Clock.systemUTC()),
            Clock.systemUTC());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    long begun = System.nanoTime();
    try (reader) {
      var tools =
          new ImportRun.Tools(
              transactions, objects, new PictureCleaner(PictureLimits.DEFAULT), threads);
      ImportRow row = jdbi.withHandle(h -> ImportRepository.find(h, id)).orElseThrow();
      new ImportRun(tools, row, reader, new RowPreparation(null), (p, t) -> {}).run();
      ImportRow after = jdbi.withHandle(h -> ImportRepository.find(h, id)).orElseThrow();
      jdbi.useTransaction(
          h ->
              CatalogWrites.addVersion(
                  h,
                  CatalogWrites.lock(h, PROJECT, dataset),
                  1,
                  new CatalogWrites.NewVersion(
                      after.chain(),
                      after.added(),
                      after.added(),
                      0,
                      after.labeled(),
                      0,
                      0,
                      0,
                      name),
                  null,
                  now));
      report("import " + name, after.added(), begun);
    } finally {
      threads.shutdownNow();
    }
  }

  private void export() {
    UUID dataset =
        jdbi.withHandle(
            h ->
                h.createQuery(
                        "select id from dataset.dataset where kind = 'TEXT' order by id desc limit"
                            + " 1")
                    .mapTo(UUID.class)
                    .one());
    for (String format : List.of("MANIFEST", "CSV", "JSONL", "HUGGINGFACE")) {
      long begun = System.nanoTime();
      Path file = folder.resolve("export." + format.toLowerCase(Locale.ROOT));
      try (OutputStream out =
          new FilterOutputStream(Files.newOutputStream(file)) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
              out.write(bytes, offset, count);
            }
          }) {
        int rows = ExportBench.write(jdbi, PROJECT, dataset, format, out);
        report("export " + format, rows, begun);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void report(String what, int rows, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heap += pool.getPeakUsage().getUsed();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d rows in %.1f s, peak heap at most %,d MB of %,d MB%n",
        what,
        rows,
        seconds,
        heap >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
  }
}
