package org.atelier.learning.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesSweepTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @TempDir Path folder;

  @Test
  void copiesThatNoRowNamesAndWhatKilledProcessesLeftAreRemoved() throws IOException {
    PackedObjectStore store =
        PackedObjectStore.open(
            FolderBucket.open(folder.resolve("objects"), false, Clock.systemUTC()),
            Clock.systemUTC());
    LocalFiles files = new LocalFiles(store, folder.resolve("data"));
    Path named = files.of(put(store, "named"));
    files.of(put(store, "forgotten"));
    Path young = files.temporary();
    Path old = files.temporary();
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    name(named.getFileName().toString());

    new LocalFilesSweep(files, POSTGRES.jdbi(), Clock.systemUTC()).run();

    try (var left = Files.list(named.getParent())) {
      assertEquals(Set.of(named, young), left.collect(Collectors.toSet()));
    }
  }

  private static String put(PackedObjectStore store, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return store.put(new ByteArrayInputStream(bytes), "application/octet-stream").sha256();
  }

  private static void name(String sha256) {
    UUID project = Ids.next();
    UUID dataset = Ids.next();
    POSTGRES
        .jdbi()
        .useTransaction(
            h -> {
              CatalogWrites.insertDataset(
                  h, dataset, project, "d", ItemKind.TEXT, "", null, Instant.EPOCH);
              h.execute(
                  "insert into learning.embedding values (?, ?, ?, ?, 1, '{}', null, now())",
                  dataset,
                  project,
                  sha256,
                  sha256);
            });
  }
}
