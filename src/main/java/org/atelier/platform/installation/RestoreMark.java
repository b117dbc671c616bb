package org.atelier.platform.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atelier.platform.database.DatabaseStartException;

/**
 * A file in a data directory that a restore fills, from before there is a database until all is
 * done. It outlives a kill; nobody but a restore may work with such a directory.
 */
final class RestoreMark {

  private static final String NAME = "restore.unfinished";

  private RestoreMark() {}

  static boolean isSet(Path dataDirectory) {
    return Files.exists(dataDirectory.resolve(NAME));
  }

  /**
   * @throws DatabaseStartException when a restore into the directory did not come to its end
   */
  static void requireNone(Path dataDirectory) {
    if (isSet(dataDirectory)) {
      throw new DatabaseStartException(
          "%s holds a part of a backup: a restore was cut off. Run the same `restore` again; it starts over by itself."
              .formatted(dataDirectory));
    }
  }

  static void set(Path dataDirectory) {
    try {
      Files.writeString(dataDirectory.resolve(NAME), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void clear(Path dataDirectory) {
    try {
      Files.deleteIfExists(dataDirectory.resolve(NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
