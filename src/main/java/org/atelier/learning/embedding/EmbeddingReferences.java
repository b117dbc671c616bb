package org.atelier.learning.embedding;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.function.Consumer;
import org.atelier.platform.storage.BlobReferences;
import org.jdbi.v3.core.Jdbi;

/** The objects of embeddings. */
@Singleton
class EmbeddingReferences implements BlobReferences {

  private final EmbeddingRepository repository;

  EmbeddingReferences(Jdbi jdbi) {
    this.repository = new EmbeddingRepository(jdbi);
  }

  @Override
  @Transactional
  public void visit(Consumer<String> sha256) {
    repository.objects().forEach(sha256);
  }
}
