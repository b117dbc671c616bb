package org.atelier.learning.pool;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atelier.platform.storage.Blob;
import org.atelier.platform.storage.BlobMissingException;
import org.atelier.platform.storage.ObjectStore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Local copies of stored objects that have to be mapped into memory. A copy is named by its digest
 * and can be removed at any time: it is fetched again.
 */
@Singleton
public class LocalFiles {

  private static final String TEMPORARY = ".tmp";

  private final ObjectStore store;
  private final Path folder;

  LocalFiles(
      ObjectStore store,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory) {
    this.store = store;
    this.folder = dataDirectory.resolve("cache").resolve("features");
  }

  /**
   * The file with the content of a stored object.
   *
   * @throws BlobMissingException when there is no such object
   */
  public Path of(String sha256) {
    Path file = folder.resolve(sha256);
    try {
      long size = store.stat(sha256).map(Blob::size).orElse(-1L);
      if (size >= 0 && Files.isRegularFile(file) && Files.size(file) == size) {
        return file;
      }
      Path fresh = temporary();
      try (InputStream in = store.open(sha256)) {
        Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Features cannot be copied to " + folder, e);
    }
  }

  /** A new empty file in the same folder; the caller removes it. */
  public Path temporary() throws IOException {
    Files.createDirectories(folder);
    return Files.createTempFile(folder, "new-", TEMPORARY);
  }

  /** Digests of the copies there are. */
  Set<String> copies() throws IOException {
    try (Stream<Path> all = list()) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(TEMPORARY))
          .collect(Collectors.toSet());
    }
  }

  /** Removes files that a killed process was making and that nobody has written to since. */
  void dropLeftOver(Instant before) throws IOException {
    try (Stream<Path> all = list()) {
      for (Path file : (Iterable<Path>) all::iterator) {
        boolean temporary = file.getFileName().toString().endsWith(TEMPORARY);
        if (temporary && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Stream<Path> list() throws IOException {
    return Files.isDirectory(folder) ? Files.list(folder) : Stream.empty();
  }

  /** Forgets the local copy. */
  public void drop(String sha256) {
    try {
      Files.deleteIfExists(folder.resolve(sha256));
    } catch (IOException e) {
      throw new UncheckedIOException("A copy of features cannot be removed", e);
    }
  }
}
