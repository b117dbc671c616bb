package org.atelier.platform.backup;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import javax.sql.DataSource;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;

/** Backups for tests of other features, whose tables are in them. */
public final class TestBackup {

  private final Path folder;

  public TestBackup(Path folder) {
    this.folder = folder;
  }

  /** Takes a backup of a database without objects. */
  public Path take(DataSource source) throws Exception {
    Path file = folder.resolve("atelier.backup");
    try (Connection connection = source.getConnection();
        OutputStream out = Files.newOutputStream(file)) {
      new BackupWriter(connection, store("from"), null, line -> {}).write(out, Clock.systemUTC());
    }
    return file;
  }

  /** Brings a backup back into an empty database. */
  public void restore(Path file, DataSource target) throws Exception {
    new BackupReader(file, line -> {}).restore(target, store("to"), null);
  }

  private PackedObjectStore store(String name) throws Exception {
    return PackedObjectStore.open(
        FolderBucket.open(folder.resolve(name), false, Clock.systemUTC()), Clock.systemUTC());
  }
}
