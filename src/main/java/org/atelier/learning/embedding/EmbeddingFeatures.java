package org.atelier.learning.embedding;

import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemRow;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.LocalFiles;
import org.atelier.learning.pool.PoolSource;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Jdbi;

/** The embeddings that were imported for a dataset, as features of its items. */
@Singleton
class EmbeddingFeatures implements FeatureMethod {

  private static final int NAMED = 5;

  private final EmbeddingRepository repository;
  private final LocalFiles files;

  EmbeddingFeatures(Jdbi jdbi, LocalFiles files) {
    this.repository = new EmbeddingRepository(jdbi);
    this.files = files;
  }

  @Override
  public String name() {
    return "embeddings";
  }

  @Override
  public boolean reads(ItemKind kind) {
    return true;
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public String recipe(UUID datasetId) {
    return "embeddings 2 " + imported(datasetId).contentDigest();
  }

  @Override
  public String description() {
    return "imported embeddings";
  }

  @Override
  public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
      throws IOException {
    return copy(source, into, progress, true);
  }

  @Override
  public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
      throws IOException {
    return copy(source, into, progress, false);
  }

  /**
   * @param needsItems refuses a source all of whose items were deleted
   */
  private Computed copy(PoolSource source, Path into, Progress progress, boolean needsItems)
      throws IOException {
    EmbeddingRow row = imported(source.datasetId());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 18)) {
      Copying copying = new Copying(out, row);
      source.read(
          (first, items) -> {
            copying.copy(items);
            progress.at("Reading embeddings", (long) first + items.size(), source.rows());
          });
      if (needsItems && copying.deleted == source.rows()) {
        throw refused("Every item of this dataset was deleted.");
      }
      copying.complain(source.rows());
      return new Computed(Layout.DENSE, row.columnCount(), row.columnCount());
    }
  }

  /** What nobody but a person can mend is a problem, so that it is not tried again at once. */
  private static ProblemException refused(String sentence) {
    return new ProblemException(CommonProblem.INVALID_INPUT, sentence);
  }

  private EmbeddingRow imported(UUID datasetId) {
    return repository
        .find(datasetId)
        .orElseThrow(
            () ->
                refused(
                    "The dataset has no embeddings yet: upload a file on the page \"Embeddings\""
                        + " of the dataset, then try again."));
  }

  /** Copies the numbers of items that have them; rows of deleted items become zero. */
  private final class Copying {

    private final OutputStream out;
    private final List<String> missing = new ArrayList<>();
    private final EmbeddingRecords records;
    private final byte[] record;
    private final byte[] nothing;
    private int deleted;
    private int lacking;

    Copying(OutputStream out, EmbeddingRow row) {
      this.out = out;
      records = EmbeddingRecords.open(files.of(row.valuesSha256()), row.columnCount());
      record = new byte[EmbeddingRecords.bytes(row.columnCount())];
      nothing = new byte[row.columnCount() * Float.BYTES];
    }

    void copy(List<ItemRow> items) throws IOException {
      for (ItemRow item : items) {
        if (item == null) {
          out.write(nothing);
          deleted++;
        } else {
          existing(item);
        }
      }
    }

    private void existing(ItemRow item) throws IOException {
      if (records.read(item.id(), record)) {
        out.write(record, EmbeddingRecords.ID_BYTES, nothing.length);
        return;
      }
      out.write(nothing);
      lacking++;
      if (missing.size() < NAMED) {
        missing.add(item.externalId());
      }
    }

    void complain(int rows) {
      if (lacking > 0) {
        throw refused(
            "%,d of %,d items have no embedding, among them %s. Upload a file that names every item on the page \"Embeddings\" of the dataset, then try again."
                .formatted(lacking, rows, String.join(", ", missing)));
      }
    }
  }
}
