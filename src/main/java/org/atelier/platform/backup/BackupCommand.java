package org.atelier.platform.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import org.atelier.platform.installation.Installation;
import org.atelier.platform.installation.Settings;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.StorageSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes a backup of the configured installation, running or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Write everything the installation keeps into one file, also while it runs.",
    footer = {
      "",
      "Examples:",
      "  backup --out atelier-2026-11-23.backup",
      "  ATELIER_DATA_DIR=/srv/atelier backup --out /backups/atelier.backup --without-keys",
      "",
      "The file holds the installation's data and its secret keys: keep it as safe as those.",
      "Exit code: 0 done, 2 wrong usage or refused, 3 internal error."
    })
public final class BackupCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int REFUSED = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = {"--out", "--report"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; an existing one is replaced when the new one is complete.")
  private Path out;

  @Option(names = "--without-keys", description = "Leave the secret keys out.")
  private boolean withoutKeys;

  @Override
  public Integer call() throws IOException, SQLException {
    Settings settings = Settings.read();
    Path target = out.toAbsolutePath();
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try (Installation installation = Installation.openBeside(settings);
        Connection connection = installation.dataSource(settings).getConnection()) {
      PackedObjectStore store =
          new StorageSettings(settings::get, settings.dataDirectory()).open(Clock.systemUTC());
      Path keys =
          withoutKeys || !installation.embedded() ? null : settings.dataDirectory().resolve("keys");
      Manifest manifest = write(new BackupWriter(connection, store, keys, this::say), unfinished);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (!manifest.missing().isEmpty()) {
        say(manifest.missing().size() + " objects were deleted meanwhile and are not in it.");
      }
      say("Written: " + target + ", " + Files.size(target) + " bytes");
      return DONE;
    } catch (RuntimeException e) {
      return refuse(e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Manifest write(BackupWriter writer, Path file) throws IOException, SQLException {
    Files.deleteIfExists(file);
    boolean posix =
        Files.getFileAttributeView(file.getParent(), PosixFileAttributeView.class) != null;
    FileAttribute<?>[] privately =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
            FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), privately);
        OutputStream stream = Channels.newOutputStream(channel)) {
      Manifest manifest = writer.write(new KeptOpen(stream), Clock.systemUTC());
      channel.force(true);
      return manifest;
    }
  }

  private Integer refuse(RuntimeException failure) {
    if (!Refusals.isOne(failure)) {
      throw failure;
    }
    say(Refusals.explain(failure));
    return REFUSED;
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
