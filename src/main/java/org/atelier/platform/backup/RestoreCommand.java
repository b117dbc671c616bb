package org.atelier.platform.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.atelier.platform.installation.Installation;
import org.atelier.platform.installation.Settings;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.StorageSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a backup back into the configured, empty installation. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Bring a backup back into an empty installation, of any PostgreSQL version.",
    footer = {
      "",
      "Examples:",
      "  ATELIER_DATA_DIR=./new-data restore atelier-2026-11-23.backup",
      "  QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://db/atelier restore atelier.backup",
      "",
      "Exit code: 0 done, 2 wrong usage, unreadable or refused, 3 internal error."
    })
public final class RestoreCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int REFUSED = 2;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A file that `backup` wrote.")
  private Path file;

  @Override
  public Integer call() throws IOException, SQLException {
    if (!Files.isReadable(file)) {
      say(file + " cannot be read.");
      return REFUSED;
    }
    Settings settings = Settings.read();
    try (Installation installation = Installation.openForRestore(settings)) {
      try {
        restore(settings, installation);
      } finally {
        installation.restoreEnded();
      }
      return DONE;
    } catch (RuntimeException e) {
      if (!Refusals.isOne(e)) {
        throw e;
      }
      say(Refusals.explain(e));
      return REFUSED;
    }
  }

  private void restore(Settings settings, Installation installation)
      throws IOException, SQLException {
    PackedObjectStore store =
        new StorageSettings(settings::get, settings.dataDirectory()).open(Clock.systemUTC());
    Path keys = installation.embedded() ? settings.dataDirectory().resolve("keys") : null;
    Manifest manifest =
        new BackupReader(file, this::say).restore(installation.dataSource(settings), store, keys);
    say("Brought back: the state of " + manifest.takenAt());
    if (keys == null && !manifest.keys().isEmpty()) {
      say("The keys in the backup were left in it: give the same ones by configuration.");
    }
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
