package org.atelier.learning.pool;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemKind;
import org.atelier.learning.model.DenseLearner;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.SparseLearner;
import org.atelier.platform.Ids;
import org.atelier.platform.storage.ObjectStore;
import org.jdbi.v3.core.Jdbi;

/** Computes features once per item and opens them for every round. */
@Singleton
public class FeatureService {

  private final PoolRepository repository;
  private final PoolIndexer indexer;
  private final Datasets datasets;
  private final ObjectStore store;
  private final LocalFiles files;
  private final List<FeatureMethod> methods;
  private final Clock clock;

  FeatureService(
      Jdbi jdbi,
      PoolIndexer indexer,
      Datasets datasets,
      ObjectStore store,
      LocalFiles files,
      @All List<FeatureMethod> methods,
      Clock clock) {
    this.repository = new PoolRepository(jdbi);
    this.indexer = indexer;
    this.datasets = datasets;
    this.store = store;
    this.files = files;
    this.methods = methods;
    this.clock = clock;
  }

  /** Which item each row of a version's pool is; the first call numbers them. */
  public PoolItems items(UUID projectId, UUID datasetId, int version) {
    int rows =
        QuarkusTransaction.joiningExisting()
            .call(() -> indexer.ensure(projectId, datasetId, version));
    return indexer.items(datasetId, rows);
  }

  /**
   * The method of that name that reads such items; without a name the usual one.
   *
   * @param name may be null
   */
  public Optional<FeatureMethod> method(ItemKind kind, String name) {
    return methods.stream()
        .filter(method -> method.reads(kind))
        .filter(method -> name == null ? method.isUsual() : method.name().equals(name))
        .findFirst();
  }

  /**
   * Computes the features of a pool unless that was done before; outside of transactions, safe to
   * repeat.
   *
   * @return id of the feature set
   */
  public UUID compute(
      UUID projectId,
      UUID datasetId,
      PoolItems items,
      FeatureMethod method,
      FeatureMethod.Progress progress) {
    String digest = recipeDigest(method, datasetId);
    Optional<FeatureSetRow> known = repository.set(datasetId, digest, items.size());
    if (known.isEmpty()) {
      repository.insert(
          make(projectId, datasetId, items, method, digest, progress), clock.instant());
      known = repository.set(datasetId, digest, items.size());
    }
    return known.orElseThrow().id();
  }

  /**
   * Opens computed features for learning.
   *
   * @throws IllegalStateException when they are gone
   */
  public Learner learner(UUID featureSetId) {
    FeatureSetRow set = set(featureSetId);
    Path file = files.of(set.valuesSha256());
    if (set.layout() == FeatureMethod.Layout.SPARSE) {
      try {
        return new SparseLearner(SparseFile.read(file));
      } catch (IOException e) {
        throw new UncheckedIOException("A file of features cannot be read", e);
      }
    }
    MappedFile values = MappedFile.open(file, set.columnCount() * Float.BYTES);
    return new DenseLearner(
        new StoredFeatures(values, set.rowCount(), set.columnCount(), set.antisymmetricFrom()),
        DenseLearner.Settings.standard());
  }

  /** What a feature set is, for certificates. */
  public Description describe(UUID featureSetId) {
    FeatureSetRow set = set(featureSetId);
    return new Description(set.description(), set.digest(), set.valuesSha256(), set.rowCount());
  }

  /**
   * A feature set.
   *
   * @param recipeDigest SHA-256 of what decides the values
   * @param valuesDigest SHA-256 of the values
   */
  public record Description(String text, String recipeDigest, String valuesDigest, int items) {}

  private FeatureSetRow set(UUID featureSetId) {
    return repository
        .set(featureSetId)
        .orElseThrow(() -> new IllegalStateException("The features are gone"));
  }

  private FeatureSetRow make(
      UUID projectId,
      UUID datasetId,
      PoolItems items,
      FeatureMethod method,
      String digest,
      FeatureMethod.Progress progress) {
    Path file = null;
    try {
      file = files.temporary();
      FeatureMethod.Computed computed =
          method.compute(
              new DatasetSource(projectId, datasets, items, 0, items.size()), file, progress);
      check(file, items.size(), computed);
      progress.at("Storing features", 0, 0);
      String values;
      try (InputStream in = Files.newInputStream(file)) {
        values = store.put(in, PoolIndexer.MEDIA_TYPE).sha256();
      }
      return new FeatureSetRow(
          Ids.next(),
          projectId,
          datasetId,
          digest,
          method.description(),
          items.size(),
          computed.layout(),
          computed.columns(),
          computed.antisymmetricFrom(),
          values);
    } catch (IOException e) {
      throw new UncheckedIOException("Features cannot be computed: " + e.getMessage(), e);
    } finally {
      delete(file);
    }
  }

  private static void check(Path file, int rows, FeatureMethod.Computed computed)
      throws IOException {
    long wanted = (long) rows * computed.columns() * Float.BYTES;
    if (computed.layout() == FeatureMethod.Layout.DENSE && Files.size(file) != wanted) {
      throw new IOException("the method gave another number of values than it said");
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A temporary file cannot be removed", e);
    }
  }

  private static String recipeDigest(FeatureMethod method, UUID datasetId) {
    try {
      return sha256(method.recipe(datasetId));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
