package org.atelier.learning.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.atelier.learning.feature.DecodedImages;
import org.atelier.learning.feature.FeatureFile;
import org.atelier.learning.feature.PatchFeaturizer;
import org.atelier.learning.feature.TextFeaturizer;
import org.atelier.learning.model.DenseLearner;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.SparseLearner;

/** The data sets of {@link LearningBench} and learners on features that are computed once. */
enum BenchData {
  FASHION("fashion-mnist", 12_000),
  RECOMMENDED("reviews-recommended", 3_000),
  DEPARTMENT("reviews-department", 3_000),
  PHOTOS("photos", 1_200),
  GARMENTS("garments", 1_100),
  DESCRIPTIONS("descriptions", 1_200);

  private static final long SEED = 1;

  private final String title;
  private final int budget;

  BenchData(String title, int budget) {
    this.title = title;
    this.budget = budget;
  }

  /** Name on the command line and of the result folder. */
  String title() {
    return title;
  }

  /** Answers a campaign may use unless the caller says otherwise. */
  int budget() {
    return budget;
  }

  static BenchData named(String title) {
    return Arrays.stream(values())
        .filter(data -> data.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(title + " is none of " + titles()));
  }

  private static List<String> titles() {
    return Arrays.stream(values()).map(BenchData::title).toList();
  }

  /** Reads the data; outside ones from {@code ATELIER_DATA}, else {@code ../shared/data}. */
  LabeledData read(Path cache) throws IOException, UnreadableDataException {
    String given = System.getenv("ATELIER_DATA");
    Path outside = Path.of(given == null ? "../shared/data" : given);
    return switch (this) {
      case FASHION ->
          LabeledDataReader.images(
              outside.resolve("fashion-mnist/train-images-idx3-ubyte.gz"),
              outside.resolve("fashion-mnist/train-labels-idx1-ubyte.gz"),
              false);
      case RECOMMENDED -> reviews(outside, "recommended");
      case DEPARTMENT -> reviews(outside, "department");
      case PHOTOS ->
          LabeledDataReader.images(
              outside.resolve("clothing-photos"),
              outside.resolve("clothing-photos/labels.csv"),
              false);
      case GARMENTS -> garments(cache.resolve("garments"));
      case DESCRIPTIONS ->
          LabeledDataReader.texts(
              Path.of("datasets/atelier-descriptions/descriptions.csv"),
              List.of("title", "text"),
              "department",
              false);
    };
  }

  private static LabeledData reviews(Path outside, String column) throws UnreadableDataException {
    return LabeledDataReader.texts(
        outside.resolve("clothing-reviews/reviews.csv"), List.of("title", "review"), column, false);
  }

  /** One picture per item: the front. */
  private static LabeledData garments(Path folder) throws IOException, UnreadableDataException {
    unpack(Path.of("datasets/atelier-garments/garments.zip"), folder);
    CsvTable table = CsvTable.read(folder.resolve("labels.csv"), List.of("image", "view", "label"));
    List<Path> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String[] row : table.rows()) {
      if (row[1].equals("front")) {
        files.add(folder.resolve(row[0]));
        names.add(row[2]);
      }
    }
    return LabeledData.of(DecodedImages.read(files, 64), null, names, false);
  }

  private static void unpack(Path zip, Path folder) throws IOException {
    if (Files.exists(folder.resolve("labels.csv"))) {
      return;
    }
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!entry.isDirectory() && file.normalize().startsWith(folder)) {
          Files.createDirectories(file.getParent());
          Files.write(file, in.readAllBytes());
        }
      }
    }
  }

  /** A learner with the defaults; features of pictures are kept in a file of the cache. */
  Learner learner(LabeledData data, Path cache) throws IOException {
    if (data.texts() != null) {
      return new SparseLearner(TextFeaturizer.standard().run(data.texts()));
    }
    PatchFeaturizer.Settings settings = PatchFeaturizer.Settings.standard();
    Path file = cache.resolve(title + ".features");
    String key = title + " " + data.size() + " " + settings + " " + SEED;
    FeatureFile features = FeatureFile.open(file, key);
    if (features == null) {
      try (FeatureFile.Writer writer = new FeatureFile.Writer(file, key, data.size())) {
        PatchFeaturizer.Shape shape =
            new PatchFeaturizer(settings).run(data.images(), SEED, writer, done -> {});
        features = writer.finish(shape.antisymmetricFrom());
      } catch (UncheckedIOException failure) {
        throw failure.getCause();
      }
    }
    return new DenseLearner(features, DenseLearner.Settings.standard());
  }
}
