package org.atelier.learning.pool;

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
import org.atelier.learning.feature.EmbeddingTable;
import org.atelier.learning.feature.FeatureMatrix;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Embeddings that somebody computed elsewhere, by external id: a CSV or Parquet file in the folder
 * {@code embeddings} of the data directory, named by the dataset's id.
 */
@Singleton
class EmbeddingFeatures implements FeatureMethod {

  private final Path folder;

  EmbeddingFeatures(
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory) {
    this.folder = dataDirectory.resolve("embeddings");
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
  public String recipe(UUID datasetId) throws IOException {
    return "embeddings 1 " + FileDigest.sha256(file(datasetId));
  }

  @Override
  public String description() {
    return "imported embeddings";
  }

  @Override
  public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
      throws IOException {
    return apply(learned, source, into, progress);
  }

  @Override
  public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
      throws IOException {
    List<String> ids = new ArrayList<>(source.rows());
    UUID[] dataset = new UUID[1];
    source.read(
        (first, items) -> {
          for (ItemRow item : items) {
            if (item == null) {
              throw new IOException("An item was deleted meanwhile; try again.");
            }
            ids.add(item.externalId());
            dataset[0] = item.datasetId();
          }
        });
    progress.at("Reading embeddings", 0, 0);
    FeatureMatrix matrix = EmbeddingTable.read(file(dataset[0]), ids);
    float[] row = new float[matrix.columns()];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 18)) {
      for (int i = 0; i < matrix.rows(); i++) {
        matrix.read(i, row, 0);
        DenseRows.write(out, row, row.length);
      }
    }
    return new Computed(Layout.DENSE, matrix.columns(), matrix.columns());
  }

  private Path file(UUID datasetId) throws IOException {
    for (String ending : List.of(".parquet", ".csv")) {
      Path file = folder.resolve(datasetId + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new IOException(
        "There are no embeddings of this dataset: put %s.csv or %s.parquet into %s."
            .formatted(datasetId, datasetId, folder));
  }
}
