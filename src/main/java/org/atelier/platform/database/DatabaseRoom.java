package org.atelier.platform.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much room there is for the database that Atelier brings along. */
@Singleton
public class DatabaseRoom {

  /** PostgreSQL goes on only when it can make two more segments of 16 MiB for its log. */
  private static final long LEAST_BYTES = 32L << 20;

  private final boolean embedded;
  private final Path dataDirectory;

  @Inject
  DatabaseRoom(
      @ConfigProperty(name = "atelier.database.embedded", defaultValue = "false") boolean embedded,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory) {
    this.embedded = embedded;
    this.dataDirectory = dataDirectory;
  }

  /** Whether the embedded database has no room to go on; false for a database of one's own. */
  public boolean isUsedUp() {
    return embedded && isUsedUp(dataDirectory, LEAST_BYTES);
  }

  /** What to add to a report about the server of a cluster, empty when there is room. */
  static String complaint(Path cluster) {
    return isUsedUp(cluster, LEAST_BYTES)
        ? ". The disk of " + cluster + " is full: make room there"
        : "";
  }

  /** Whether fewer bytes are free where a file lies; false when nobody can tell. */
  static boolean isUsedUp(Path place, long least) {
    try {
      return Files.getFileStore(place).getUsableSpace() < least;
    } catch (IOException e) {
      return false;
    }
  }
}
