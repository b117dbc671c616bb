package org.atelier.learning.pool;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.atelier.platform.storage.ObjectStore;
import org.jdbi.v3.core.Jdbi;

/**
 * The stored files of features and embeddings. Equal ones are one object, also of several datasets:
 * it goes when none names it any more.
 */
@Singleton
public class FeatureObjects {

  private final PoolRepository repository;
  private final ObjectStore store;
  private final LocalFiles files;

  FeatureObjects(Jdbi jdbi, ObjectStore store, LocalFiles files) {
    this.repository = new PoolRepository(jdbi);
    this.store = store;
    this.files = files;
  }

  /** Stores a file; what nobody names goes after a day. */
  String put(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return store.put(in, PoolIndexer.MEDIA_TYPE).sha256();
    }
  }

  /**
   * Stores a file that a row is to name. The row is written in a transaction in which nobody
   * removes the object.
   *
   * @param row writes the row that names this digest; false when that is no longer wanted
   * @return the digest; null when the row was not written
   */
  public String putNamed(Path file, Predicate<String> row) throws IOException {
    while (true) {
      String sha256 = put(file);
      boolean[] written = {false};
      boolean there =
          QuarkusTransaction.requiringNew()
              .call(
                  () -> {
                    repository.holdObjects();
                    if (store.stat(sha256).isEmpty()) {
                      return false;
                    }
                    written[0] = row.test(sha256);
                    return true;
                  });
      if (there) {
        if (!written[0]) {
          drop(sha256);
        }
        return written[0] ? sha256 : null;
      }
    }
  }

  /** Removes an object that a row named, unless another names it. */
  public void drop(String sha256) {
    boolean gone =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  repository.claimObjects();
                  if (!repository.named(List.of(sha256)).isEmpty()) {
                    return false;
                  }
                  store.delete(sha256);
                  return true;
                });
    if (gone) {
      files.drop(sha256);
    }
  }
}
