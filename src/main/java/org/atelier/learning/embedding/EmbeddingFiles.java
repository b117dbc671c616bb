package org.atelier.learning.embedding;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.atelier.dataset.ReceivedUploads.ReceivedFile;
import org.atelier.learning.feature.EmbeddingReader;
import org.atelier.platform.ProblemException;

/**
 * Uploaded files of embeddings: one CSV, one Parquet file, or one npy file with its ids.
 *
 * @param ids null but for npy
 */
record EmbeddingFiles(ReceivedFile values, ReceivedFile ids) {

  /**
   * Finds out which file is which by the endings.
   *
   * @throws ProblemException invalid-input of {@code upload} saying what is to be sent
   */
  static EmbeddingFiles of(List<ReceivedFile> files) {
    List<ReceivedFile> npy = files.stream().filter(file -> ends(file, ".npy")).toList();
    List<ReceivedFile> others = files.stream().filter(file -> !ends(file, ".npy")).toList();
    if (npy.size() == 1 && others.size() == 1 && ends(others.get(0), ".txt", ".csv")) {
      return new EmbeddingFiles(npy.get(0), others.get(0));
    }
    if (npy.size() == 1 && others.isEmpty()) {
      throw refused(
          "An npy file holds no ids: send with it a .txt with one external id a line, or a .csv"
              + " whose first column is the id, in the order of the rows.");
    }
    if (npy.isEmpty() && others.size() == 1 && ends(others.get(0), ".csv", ".parquet")) {
      return new EmbeddingFiles(others.get(0), null);
    }
    throw refused("Send one .csv, one .parquet, or one .npy together with the file of its ids.");
  }

  void read(EmbeddingReader.Rows rows) throws IOException {
    if (ids != null) {
      EmbeddingReader.npy(values.path(), values.name(), ids.path(), ids.name(), rows);
    } else if (ends(values, ".parquet")) {
      EmbeddingReader.parquet(values.path(), values.name(), rows);
    } else {
      EmbeddingReader.csv(values.path(), values.name(), rows);
    }
  }

  private static boolean ends(ReceivedFile file, String... endings) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return List.of(endings).stream().anyMatch(name::endsWith);
  }

  private static ProblemException refused(String sentence) {
    return ProblemException.invalid("upload", sentence);
  }
}
