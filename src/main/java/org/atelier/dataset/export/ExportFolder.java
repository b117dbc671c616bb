package org.atelier.dataset.export;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Folders for files that an export makes on its way. */
final class ExportFolder {

  private static final String PREFIX = "atelier-export-";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private ExportFolder() {}

  /**
   * Makes a folder and removes those that exports of a killed process left there more than a day
   * before; one in use is written all the time.
   *
   * @param parent where they lie
   */
  static Path make(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, PREFIX);
    Instant before = Files.getLastModifiedTime(folder).toInstant().minus(ABANDONED);
    try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path other : others) {
        if (lastWritten(other).isBefore(before)) {
          remove(other);
        }
      }
    }
    return folder;
  }

  private static Instant lastWritten(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      Instant last = Instant.EPOCH;
      for (Path file : files.toList()) {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        last = written.isAfter(last) ? written : last;
      }
      return last;
    } catch (NoSuchFileException | java.io.UncheckedIOException e) {
      // Its export removes it just now, or it is somebody else's.
      return Instant.MAX;
    }
  }

  /** Removes a folder with its files. */
  static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
