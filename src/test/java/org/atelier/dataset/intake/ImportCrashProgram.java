package org.atelier.dataset.intake;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.atelier.platform.storage.local.FolderBucket;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Imports until it is killed; pauses after each step so that it is killed in the middle. */
public final class ImportCrashProgram {

  private static final long PAUSE_MILLIS = 2_000;

  private ImportCrashProgram() {}

  public static void main(String... args) throws Exception {
    Jdbi jdbi =
        Jdbi.create(args[0], args[1], args[2])
            .installPlugin(new PostgresPlugin())
            .installPlugin(new Jackson2Plugin());
    ImportFixture.attempt(
        jdbi,
        UUID.fromString(args[3]),
        Path.of(args[4]),
        FolderBucket.open(Path.of(args[5]), true, Clock.systemUTC()),
        (position, total) -> pause());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
