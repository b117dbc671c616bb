package org.atelier.dataset.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Where the bytes of uploads lie: a folder for each, a file by its number. No backup holds it. */
record UploadFolder(Path root) {

  Path file(UUID upload, int number) {
    return folder(upload).resolve(Integer.toString(number));
  }

  /** Whether the folder of an upload is there; after a restore it is not. */
  boolean holds(UUID upload) {
    return Files.isDirectory(folder(upload));
  }

  /** How many bytes of a file are there, -1 when it is not. */
  long kept(UUID upload, int number) {
    try {
      return Files.size(file(upload, number));
    } catch (IOException e) {
      return -1;
    }
  }

  /** Makes the folder of an upload, with those of its files that are empty. */
  void make(UUID upload, List<Long> sizes) throws IOException {
    Files.createDirectories(folder(upload));
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) == 0) {
        Files.createFile(file(upload, i));
      }
    }
  }

  /** Bytes that can still be stored. */
  long free() throws IOException {
    return Files.getFileStore(Files.createDirectories(root)).getUsableSpace();
  }

  /** Removes an upload; what cannot be removed is only logged. */
  void remove(UUID upload) {
    Path directory = folder(upload);
    if (Files.notExists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      Logger.getLogger(UploadFolder.class)
          .warnf("Upload %s could not be removed: %s", upload, e.getMessage());
    }
  }

  private Path folder(UUID upload) {
    return root.resolve(upload.toString());
  }
}
