package org.atelier.learning.pool;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemKind;
import org.atelier.learning.model.DenseLearner;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.SparseLearner;
import org.atelier.platform.Ids;
import org.atelier.platform.Sha256;
import org.jdbi.v3.core.Jdbi;

/** Computes features once per item and opens them for every round. */
@Singleton
public class FeatureService {

  private static final long MOST_SPARSE_BYTES = 64L << 20;

  private final PoolRepository repository;
  private final PoolIndexer indexer;
  private final Datasets datasets;
  private final FeatureObjects objects;
  private final FeatureErasure erasure;
  private final LocalFiles files;
  private final List<FeatureMethod> methods;
  private final Clock clock;

  FeatureService(
      Jdbi jdbi,
      PoolIndexer indexer,
      Datasets datasets,
      FeatureObjects objects,
      FeatureErasure erasure,
      LocalFiles files,
      @All List<FeatureMethod> methods,
      Clock clock) {
    this.repository = new PoolRepository(jdbi);
    this.indexer = indexer;
    this.datasets = datasets;
    this.objects = objects;
    this.erasure = erasure;
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

  /** All methods there are, the usual ones first. */
  public List<FeatureMethod> methods() {
    return methods.stream()
        .sorted(Comparator.comparing(method -> method.isUsual() ? 0 : 1))
        .toList();
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
   * Computes the features of a pool as far as that was not done before: of items that were added
   * since, by what was learned from the first ones. Outside of transactions, safe to repeat.
   *
   * @return id of the feature set
   */
  public UUID compute(
      UUID projectId,
      UUID datasetId,
      PoolItems items,
      FeatureMethod method,
      FeatureMethod.Progress progress) {
    String digest = Sha256.of(recipe(method, datasetId));
    Optional<FeatureSetRow> known = repository.set(datasetId, digest);
    if (known.isEmpty()) {
      learn(projectId, datasetId, items, method, digest, progress);
      known = repository.set(datasetId, digest);
    }
    FeatureSetRow set = known.orElseThrow();
    extend(set, method, items, progress);
    return set.id();
  }

  /**
   * Computes the features of a pool by what an earlier set learned, perhaps from another dataset,
   * so that a model that was trained on those features can read the items of this one.
   *
   * @return id of the feature set; empty when the earlier one is gone or keeps nothing to go by
   */
  public Optional<UUID> borrow(
      UUID projectId,
      UUID datasetId,
      PoolItems items,
      UUID earlierSetId,
      FeatureMethod.Progress progress) {
    Optional<FeatureSetRow> found =
        repository
            .set(earlierSetId)
            .filter(set -> set.projectId().equals(projectId) && set.learnedSha256() != null);
    Optional<FeatureMethod> method =
        found.flatMap(
            set -> methods.stream().filter(one -> one.name().equals(set.method())).findFirst());
    if (method.isEmpty()) {
      return Optional.empty();
    }
    FeatureSetRow earlier = found.orElseThrow();
    FeatureSetRow set =
        earlier.datasetId().equals(datasetId)
            ? earlier
            : borrowed(earlier, datasetId, method.get(), items, progress);
    extend(set, method.get(), items, progress);
    return Optional.of(set.id());
  }

  private FeatureSetRow borrowed(
      FeatureSetRow earlier,
      UUID datasetId,
      FeatureMethod method,
      PoolItems items,
      FeatureMethod.Progress progress) {
    String digest =
        Sha256.of(recipe(method, datasetId) + " as learned in " + earlier.learnedSha256());
    Optional<FeatureSetRow> known = repository.set(datasetId, digest);
    if (known.isPresent()) {
      return known.get();
    }
    FeatureSetRow fresh =
        new FeatureSetRow(
            Ids.next(),
            earlier.projectId(),
            datasetId,
            earlier.method(),
            digest,
            earlier.description() + "; learned from an earlier job's items",
            earlier.layout(),
            earlier.columnCount(),
            earlier.antisymmetricFrom(),
            earlier.learnedSha256());
    apply(
        fresh,
        method,
        items,
        0,
        progress,
        values -> repository.insert(fresh, items.size(), values, clock.instant()));
    return repository.set(datasetId, digest).orElseThrow();
  }

  /**
   * Opens computed features for learning.
   *
   * @param rows the pool's first rows that are learned from
   * @throws IllegalStateException when they are gone
   */
  public Learner learner(UUID featureSetId, int rows) {
    FeatureSetRow set = set(featureSetId);
    List<Path> parts =
        repository.valueParts(set.id()).stream().map(part -> files.of(part.sha256())).toList();
    if (set.layout() == FeatureMethod.Layout.SPARSE) {
      try {
        return new SparseLearner(SparseFile.read(parts, rows));
      } catch (IOException e) {
        throw new UncheckedIOException("A file of features cannot be read", e);
      }
    }
    int bytes = set.columnCount() * Float.BYTES;
    List<MappedFile> mapped = parts.stream().map(part -> MappedFile.open(part, bytes)).toList();
    return new DenseLearner(
        new StoredFeatures(mapped, rows, set.columnCount(), set.antisymmetricFrom()),
        DenseLearner.Settings.standard());
  }

  /**
   * How alike rows of a feature set are: the cosine of each pair of their features, −1 to 1; 0 for
   * a row without any feature.
   *
   * @param rows rows of the set
   * @return empty when reading them would mean reading a very large file
   */
  public Optional<double[][]> cosines(UUID featureSetId, int[] rows) {
    FeatureSetRow set = set(featureSetId);
    List<PartRow> parts = repository.valueParts(set.id());
    List<Path> paths = parts.stream().map(part -> files.of(part.sha256())).toList();
    int known = parts.stream().mapToInt(PartRow::rowCount).sum();
    try {
      if (set.layout() == FeatureMethod.Layout.DENSE) {
        int bytes = set.columnCount() * Float.BYTES;
        List<MappedFile> mapped = paths.stream().map(path -> MappedFile.open(path, bytes)).toList();
        return Optional.of(
            Cosines.ofDense(
                new StoredFeatures(mapped, known, set.columnCount(), set.antisymmetricFrom()),
                rows));
      }
      long size = 0;
      for (Path path : paths) {
        size += Files.size(path);
      }
      return size > MOST_SPARSE_BYTES
          ? Optional.empty()
          : Optional.of(Cosines.ofSparse(SparseFile.read(paths, known), rows));
    } catch (IOException e) {
      throw new UncheckedIOException("A file of features cannot be read", e);
    }
  }

  /** What a feature set is, for certificates and stored models. */
  public Description describe(UUID featureSetId) {
    FeatureSetRow set = set(featureSetId);
    List<PartRow> parts = repository.valueParts(set.id());
    String values =
        parts.size() == 1
            ? parts.get(0).sha256()
            : Sha256.of(parts.stream().map(PartRow::sha256).collect(Collectors.joining("\n")));
    return new Description(
        set.description(),
        set.digest(),
        set.learnedSha256(),
        values,
        set.columnCount(),
        parts.stream().mapToInt(PartRow::rowCount).sum());
  }

  /**
   * A feature set.
   *
   * @param recipeDigest SHA-256 of what decides the values
   * @param learnedDigest SHA-256 of what was learned from the items; null when it was not kept
   * @param valuesDigest SHA-256 of the values; of the lines of their digests when items were added
   */
  public record Description(
      String text,
      String recipeDigest,
      String learnedDigest,
      String valuesDigest,
      int columns,
      int items) {}

  private FeatureSetRow set(UUID featureSetId) {
    return repository
        .set(featureSetId)
        .orElseThrow(() -> new IllegalStateException("The features are gone"));
  }

  private void learn(
      UUID projectId,
      UUID datasetId,
      PoolItems items,
      FeatureMethod method,
      String digest,
      FeatureMethod.Progress progress) {
    Path learned = null;
    Path values = null;
    try {
      learned = files.temporary();
      values = files.temporary();
      Set<UUID> gone = repository.gone(datasetId);
      DatasetSource source =
          new DatasetSource(projectId, datasetId, datasets, items, 0, items.size());
      FeatureMethod.Computed computed = method.learn(source, learned, values, progress);
      computed.check(values, items.size());
      progress.at("Storing features", 0, 0);
      FeatureSetRow set =
          new FeatureSetRow(
              Ids.next(),
              projectId,
              datasetId,
              method.name(),
              digest,
              method.description(),
              computed.layout(),
              computed.columns(),
              computed.antisymmetricFrom(),
              objects.put(learned));
      store(
          set, gone, values, named -> repository.insert(set, items.size(), named, clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException("Features cannot be computed: " + e.getMessage(), e);
    } finally {
      delete(learned);
      delete(values);
    }
  }

  /** Adds the rows that are missing; another process that does the same does no harm. */
  private void extend(
      FeatureSetRow set, FeatureMethod method, PoolItems items, FeatureMethod.Progress progress) {
    int covered = covered(set);
    while (covered < items.size()) {
      int first = covered;
      apply(
          set,
          method,
          items,
          first,
          progress,
          values ->
              repository.insertPart(set.id(), new PartRow(first, items.size() - first, 0, values)));
      covered = covered(set);
    }
  }

  private int covered(FeatureSetRow set) {
    return repository.valueParts(set.id()).stream().mapToInt(PartRow::end).max().orElse(0);
  }

  private void apply(
      FeatureSetRow set,
      FeatureMethod method,
      PoolItems items,
      int first,
      FeatureMethod.Progress progress,
      Predicate<String> row) {
    Path values = null;
    try {
      values = files.temporary();
      Set<UUID> gone = repository.gone(set.datasetId());
      DatasetSource source =
          new DatasetSource(set.projectId(), set.datasetId(), datasets, items, first, items.size());
      Path learned = files.of(set.learnedSha256());
      FeatureMethod.Computed computed = method.apply(learned, source, values, progress);
      computed.check(values, source.rows());
      if (computed.columns() != set.columnCount() || computed.layout() != set.layout()) {
        throw new IOException(
            "the method gives %d values an item now and gave %d before"
                .formatted(computed.columns(), set.columnCount()));
      }
      progress.at("Storing features", 0, 0);
      store(set, gone, values, row);
    } catch (IOException e) {
      throw new UncheckedIOException("Features cannot be computed: " + e.getMessage(), e);
    } finally {
      delete(values);
    }
  }

  /**
   * Stores values with the row that names them.
   *
   * @param gone items that were deleted before the first was read
   */
  private void store(FeatureSetRow set, Set<UUID> gone, Path values, Predicate<String> row)
      throws IOException {
    objects.putNamed(
        values,
        named -> {
          boolean written = row.test(named);
          if (written) {
            erasure.added(set.projectId(), set.datasetId(), gone);
          }
          return written;
        });
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

  private static String recipe(FeatureMethod method, UUID datasetId) {
    try {
      return method.recipe(datasetId);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
