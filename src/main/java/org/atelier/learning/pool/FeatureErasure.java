package org.atelier.learning.pool;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
import org.atelier.learning.feature.SparseMatrix;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.atelier.platform.work.WorkRequest;
import org.jdbi.v3.core.Jdbi;

/** Durable work: makes the features of deleted items zero and removes the files that had them. */
@Singleton
class FeatureErasure implements WorkHandler {

  private static final String KIND = "features-erase";

  private final PoolRepository repository;
  private final PoolIndexer indexer;
  private final FeatureObjects objects;
  private final LocalFiles files;
  private final Work work;

  FeatureErasure(
      Jdbi jdbi, PoolIndexer indexer, FeatureObjects objects, LocalFiles files, Work work) {
    this.repository = new PoolRepository(jdbi);
    this.indexer = indexer;
    this.objects = objects;
    this.files = files;
    this.work = work;
  }

  /** Joins the transaction that deletes. Features that come later look for deleted items. */
  void deleted(@Observes ItemDeleted event) {
    repository.lockFeatures(event.datasetId());
    if (!repository.sets(event.datasetId()).isEmpty()) {
      submit(event.projectId(), event.datasetId(), event.itemIds());
    }
  }

  /**
   * Sees to it that new features lose the items that were deleted while they were computed; in the
   * transaction that writes their rows.
   *
   * @param goneBefore what was deleted before any item was read
   */
  void added(UUID projectId, UUID datasetId, Set<UUID> goneBefore) {
    repository.lockFeatures(datasetId);
    Set<UUID> gone = new HashSet<>(repository.gone(datasetId));
    gone.removeAll(goneBefore);
    if (!gone.isEmpty()) {
      submit(projectId, datasetId, List.copyOf(gone));
    }
  }

  private void submit(UUID projectId, UUID datasetId, List<UUID> items) {
    work.submit(
        new WorkRequest(
            projectId, KIND, datasetId, "Erase the features of deleted items", new Erasure(items)));
  }

  /** What is to be erased. */
  record Erasure(List<UUID> items) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    UUID dataset = context.subjectId();
    List<UUID> items = context.payload(Erasure.class).items();
    for (FeatureSetRow set : repository.sets(dataset)) {
      for (PartRow part : repository.valueParts(set.id())) {
        context.checkCancelled();
        BitSet rows = rows(dataset, part, items);
        if (!rows.isEmpty()) {
          erase(set, part, rows);
          context.log("%d rows of \"%s\" erased.".formatted(rows.cardinality(), set.description()));
        }
      }
    }
  }

  /** Rows of the items, counted from the part's first. */
  private BitSet rows(UUID dataset, PartRow part, List<UUID> items) {
    PoolItems pool = indexer.items(dataset, part.end());
    BitSet rows = new BitSet();
    items.stream()
        .mapToInt(pool::row)
        .filter(row -> row >= part.firstRow())
        .forEach(row -> rows.set(row - part.firstRow()));
    return rows;
  }

  /** Repeats when other values took the place of those it read. */
  private void erase(FeatureSetRow set, PartRow part, BitSet rows) throws IOException {
    PartRow last = part;
    while (!replaced(set, last, rows)) {
      last =
          repository.valueParts(set.id()).stream()
              .filter(now -> now.firstRow() == part.firstRow())
              .findFirst()
              .orElseThrow();
    }
  }

  private boolean replaced(FeatureSetRow set, PartRow part, BitSet rows) throws IOException {
    Path old = files.of(part.sha256());
    Path fresh = files.temporary();
    try {
      if (set.layout() == FeatureMethod.Layout.DENSE) {
        zero(old, fresh, rows, set.columnCount() * Float.BYTES);
      } else {
        SparseFile.write(without(SparseFile.read(old), rows), fresh);
      }
      String sha256 =
          objects.putNamed(fresh, named -> repository.replaceValues(set.id(), part, named));
      if (sha256 != null && !sha256.equals(part.sha256())) {
        objects.drop(part.sha256());
      }
      return sha256 != null;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void zero(Path old, Path fresh, BitSet rows, int recordBytes) throws IOException {
    Files.copy(old, fresh, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
        channel.write(ByteBuffer.allocate(recordBytes), (long) row * recordBytes);
      }
    }
  }

  static SparseMatrix without(SparseMatrix matrix, BitSet rows) {
    int[] starts = new int[matrix.starts().length];
    int[] indexes = new int[matrix.indexes().length];
    float[] values = new float[matrix.values().length];
    for (int row = 0; row < matrix.rows(); row++) {
      int from = matrix.starts()[row];
      int length = rows.get(row) ? 0 : matrix.starts()[row + 1] - from;
      System.arraycopy(matrix.indexes(), from, indexes, starts[row], length);
      System.arraycopy(matrix.values(), from, values, starts[row], length);
      starts[row + 1] = starts[row] + length;
    }
    int stored = starts[matrix.rows()];
    return new SparseMatrix(
        matrix.columns(),
        starts,
        java.util.Arrays.copyOf(indexes, stored),
        java.util.Arrays.copyOf(values, stored));
  }
}
