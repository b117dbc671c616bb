package org.atelier.platform.backup;

import java.nio.file.Path;
import java.time.Clock;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings a backup back and dies like a killed process as soon as its progress says a word.
 *
 * <p>Arguments: backup, JDBC address, user, password, folder of the objects, word.
 */
final class RestoreCrashProgram {

  static final int KILLED = 137;

  private RestoreCrashProgram() {}

  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource target = new PGSimpleDataSource();
    target.setUrl(arguments[1]);
    target.setUser(arguments[2]);
    target.setPassword(arguments[3]);
    PackedObjectStore store =
        PackedObjectStore.open(
            FolderBucket.open(Path.of(arguments[4]), false, Clock.systemUTC()), Clock.systemUTC());
    new BackupReader(
            Path.of(arguments[0]),
            line -> {
              if (line.contains(arguments[5])) {
                Runtime.getRuntime().halt(KILLED);
              }
            })
        .restore(target, store, null);
  }
}
