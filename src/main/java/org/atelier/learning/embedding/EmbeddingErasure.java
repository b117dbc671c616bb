package org.atelier.learning.embedding;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemDeleted;
import org.atelier.learning.pool.FeatureObjects;
import org.atelier.learning.pool.LocalFiles;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.atelier.platform.work.WorkRequest;
import org.jdbi.v3.core.Jdbi;

/** Durable work: takes the embeddings of deleted items out of the stored records. */
@Singleton
class EmbeddingErasure implements WorkHandler {

  private static final String KIND = "embeddings-erase";
  private static final int AT_ONCE = 1000;

  private final EmbeddingRepository repository;
  private final Datasets datasets;
  private final FeatureObjects objects;
  private final LocalFiles files;
  private final Work work;

  EmbeddingErasure(
      Jdbi jdbi, Datasets datasets, FeatureObjects objects, LocalFiles files, Work work) {
    this.repository = new EmbeddingRepository(jdbi);
    this.datasets = datasets;
    this.objects = objects;
    this.files = files;
    this.work = work;
  }

  /** Joins the transaction that deletes. A reading that ends later looks for deleted items. */
  void deleted(@Observes ItemDeleted event) {
    repository.lock(event.datasetId());
    if (repository.find(event.datasetId()).isPresent()) {
      work.submit(
          new WorkRequest(
              event.projectId(),
              KIND,
              event.datasetId(),
              "Erase the embeddings of deleted items",
              new Erasure(event.itemIds())));
    }
  }

  /** What is to be erased. */
  record Erasure(List<UUID> items) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    Set<UUID> items = new HashSet<>(context.payload(Erasure.class).items());
    context.log("%,d embeddings erased.".formatted(erase(context.subjectId(), items)));
  }

  /** Erases what belongs to items that do not exist any more. */
  void eraseDeleted(UUID projectId, UUID datasetId) throws IOException {
    Optional<EmbeddingRow> row = repository.find(datasetId);
    if (row.isEmpty()) {
      return;
    }
    EmbeddingRecords records = open(row.get());
    Set<UUID> gone = new HashSet<>();
    for (int from = 0; from < records.size(); from += AT_ONCE) {
      List<UUID> some = new ArrayList<>();
      for (int i = from; i < Math.min(records.size(), from + AT_ONCE); i++) {
        some.add(records.item(i));
      }
      gone.addAll(some);
      datasets.items(projectId, some).forEach(item -> gone.remove(item.id()));
    }
    if (!gone.isEmpty()) {
      erase(datasetId, gone);
    }
  }

  /** Repeats when other records took the place of those it read. */
  private int erase(UUID datasetId, Set<UUID> gone) throws IOException {
    while (true) {
      Optional<EmbeddingRow> row = repository.find(datasetId);
      if (row.isEmpty()) {
        return 0;
      }
      Path fresh = files.temporary();
      try {
        int erased = open(row.get()).writeWithout(gone::contains, fresh);
        if (erased == 0 || replaced(row.get(), fresh)) {
          return erased;
        }
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
  }

  private EmbeddingRecords open(EmbeddingRow row) {
    return EmbeddingRecords.open(files.of(row.valuesSha256()), row.columnCount());
  }

  private boolean replaced(EmbeddingRow row, Path fresh) throws IOException {
    String sha256 =
        objects.putNamed(
            fresh, named -> repository.replaceValues(row.datasetId(), row.valuesSha256(), named));
    if (sha256 != null) {
      objects.drop(row.valuesSha256());
    }
    return sha256 != null;
  }
}
