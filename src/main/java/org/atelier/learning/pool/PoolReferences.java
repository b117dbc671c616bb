package org.atelier.learning.pool;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.function.Consumer;
import org.atelier.platform.storage.BlobReferences;
import org.jdbi.v3.core.Jdbi;

/** The files of pools and features. */
@Singleton
class PoolReferences implements BlobReferences {

  private final PoolRepository repository;

  PoolReferences(Jdbi jdbi) {
    this.repository = new PoolRepository(jdbi);
  }

  @Override
  @Transactional
  public void visit(Consumer<String> sha256) {
    repository.objects().forEach(sha256);
  }
}
