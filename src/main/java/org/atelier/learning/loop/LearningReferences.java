package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.function.Consumer;
import org.atelier.platform.storage.BlobReferences;
import org.jdbi.v3.core.Jdbi;

/** The states, planned steps and models that loops still need. */
@Singleton
class LearningReferences implements BlobReferences {

  private final ModelRepository models;

  LearningReferences(Jdbi jdbi) {
    this.models = new ModelRepository(jdbi);
  }

  @Override
  @Transactional
  public void visit(Consumer<String> sha256) {
    models.objects().forEach(sha256);
  }
}
