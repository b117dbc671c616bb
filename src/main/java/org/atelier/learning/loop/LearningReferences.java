package org.atelier.learning.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.function.Consumer;
import org.atelier.platform.storage.BlobReferences;
import org.jdbi.v3.core.Jdbi;

/** The states, planned steps and model recipes that loops still need. */
@Singleton
class LearningReferences implements BlobReferences {

  private final LearnerRepository learners;

  LearningReferences(Jdbi jdbi, ObjectMapper json) {
    this.learners = new LearnerRepository(jdbi, json);
  }

  @Override
  @Transactional
  public void visit(Consumer<String> sha256) {
    learners.objects().forEach(sha256);
  }
}
