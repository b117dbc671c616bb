package org.atelier.dataset.intake;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.VersionDigest;
import org.atelier.dataset.format.IdxReader;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.dataset.picture.PictureLimits;
import org.atelier.platform.Ids;
import org.atelier.platform.storage.Bucket;
import org.atelier.platform.storage.PackedObjectStore;
import org.jdbi.v3.core.Jdbi;

/** Small grey pictures that are imported, broken off and imported on. */
final class ImportFixture {

  /** Pictures of {@link #pictures}: several steps of an import. */
  static final int PICTURES = 20_000;

  private static final int SIDE = 6;
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final Jdbi jdbi;
  private final UUID project;

  ImportFixture(Jdbi jdbi, UUID project) {
    this.jdbi = jdbi;
    this.project = project;
  }

  /** An IDX file of pictures that all differ. */
  static Path pictures(Path folder) throws IOException {
    Path file = folder.resolve("small-images-idx3-ubyte");
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int number : new int[] {0x803, PICTURES, SIDE, SIDE}) {
        out.writeInt(number);
      }
      for (int i = 0; i < PICTURES; i++) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int p = 0; p < pixels.length; p++) {
          pixels[p] = (byte) ((long) (i + 1) * (p + 1) * 2_654_435_761L >> 16);
        }
        pixels[0] = (byte) i;
        pixels[1] = (byte) (i >> 8);
        out.write(pixels);
      }
    }
    return file;
  }

  /** A dataset with a running import, whose work has its id. */
  UUID begin() {
    UUID dataset = Ids.next();
    UUID id = Ids.next();
    jdbi.useTransaction(
        h -> {
          CatalogWrites.insertDataset(
              h, dataset, project, "d" + dataset, ItemKind.IMAGE, "", null, NOW);
          var locked = CatalogWrites.lock(h, project, dataset);
          var made = new ImportRepository.NewImport(id, project, dataset, "{}", "pictures");
          ImportRepository.insert(h, made, locked, new VersionDigest().hex(), null, NOW);
          ImportRepository.begin(h, id, id, PICTURES);
        });
    return id;
  }

  /** One attempt at an import. */
  static void attempt(Jdbi jdbi, UUID id, Path file, Bucket bucket, ImportRun.Watcher watcher)
      throws IOException {
    try (IdxReader reader = new IdxReader(file, null, List.of())) {
      attempt(jdbi, id, reader, bucket, watcher);
    }
  }

  static void attempt(
      Jdbi jdbi, UUID id, RowReader reader, Bucket bucket, ImportRun.Watcher watcher)
      throws IOException {
    Transactions transactions =
        new Transactions() {
          @Override
          public <T> T call(Step<T> step) {
            return jdbi.inTransaction(step::on);
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      var tools =
          new ImportRun.Tools(
              transactions,
              PackedObjectStore.open(bucket, Clock.systemUTC()),
              new PictureCleaner(PictureLimits.DEFAULT),
              threads);
      ImportRow row = jdbi.withHandle(h -> ImportRepository.find(h, id)).orElseThrow();
      new ImportRun(tools, row, reader, new RowPreparation(null), watcher).run();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Refused rows as "row: reason". */
  List<String> refusals(UUID id) {
    return jdbi.withHandle(h -> Refusals.after(h, id, -1, -1, 100)).stream()
        .map(refused -> refused.rowNumber() + ": " + refused.reason())
        .toList();
  }

  ImportRow row(UUID id) {
    return jdbi.withHandle(h -> ImportRepository.find(h, id)).orElseThrow();
  }

  /** A number that the database counts for the dataset of an import. */
  int count(UUID id, String counted) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select "
                        + counted
                        + " from dataset.item i left join dataset.item_view v on v.item_id = i.id"
                        + " where i.dataset_id = :dataset")
                .bind("dataset", row(id).datasetId())
                .mapTo(Integer.class)
                .one());
  }

  /** Digests of all pictures of an import's dataset. */
  List<String> digests(UUID id) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select v.sha256 from dataset.item i join dataset.item_view v on v.item_id ="
                        + " i.id where i.dataset_id = :dataset order by i.ordinal")
                .bind("dataset", row(id).datasetId())
                .mapTo(String.class)
                .list());
  }

  /** The digest of the items as they stand in the database. */
  String measured(UUID id) {
    return jdbi.inTransaction(
        h -> CatalogWrites.measure(h, row(id).datasetId(), 1, 0, 0, "").digest());
  }
}
