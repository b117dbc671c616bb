package org.atelier.learning.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.atelier.learning.feature.FeatureMatrix;
import org.atelier.learning.feature.HeapFeatures;
import org.atelier.learning.feature.NpyFile;
import org.atelier.learning.feature.PatchFeaturizer;
import org.atelier.learning.feature.TextFeaturizer;
import org.atelier.learning.model.DenseLearner;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.SparseLearner;

/** Chooses features and learner for data. */
public final class Learners {
  private static final long FEATURE_SEED = 1;

  private Learners() {}

  /**
   * Computes features and prepares a learner: imported embeddings if a file is given, else text or
   * image features learned from the data itself.
   *
   * @param embeddings npy file with one row per item, or null
   * @param progress receives lines about how far the work is
   * @throws UnreadableDataException if the embeddings cannot be read or have another row count
   */
  public static Learner of(LabeledData data, Path embeddings, Consumer<String> progress)
      throws UnreadableDataException, IOException {
    if (embeddings != null) {
      return new DenseLearner(imported(data, embeddings), DenseLearner.Settings.standard());
    }
    if (data.texts() != null) {
      return new SparseLearner(TextFeaturizer.standard().run(data.texts()));
    }
    return new DenseLearner(pictures(data, progress), DenseLearner.Settings.standard());
  }

  private static FeatureMatrix imported(LabeledData data, Path file)
      throws UnreadableDataException {
    try {
      FeatureMatrix features = NpyFile.read(file);
      if (features.rows() != data.size()) {
        throw new UnreadableDataException(
            file + ": " + features.rows() + " rows for " + data.size() + " items");
      }
      return features;
    } catch (IOException broken) {
      throw new UnreadableDataException(broken.getMessage().lines().findFirst().orElse("" + file));
    }
  }

  private static FeatureMatrix pictures(LabeledData data, Consumer<String> progress)
      throws IOException {
    PatchFeaturizer featurizer = new PatchFeaturizer(PatchFeaturizer.Settings.standard());
    float[][] rows = new float[data.size()][];
    int[] filled = {0};
    int[] shown = {0};
    PatchFeaturizer.Shape shape =
        featurizer.run(
            data.images(),
            FEATURE_SEED,
            (values, count, columns) -> {
              for (int i = 0; i < count; i++) {
                rows[filled[0]++] =
                    java.util.Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
              }
            },
            done -> {
              if (done * 10 / data.size() > shown[0]) {
                shown[0] = (int) (done * 10 / data.size());
                progress.accept("features: %,d of %,d".formatted(done, data.size()));
              }
            });
    return new HeapFeatures(rows, shape.columns(), shape.antisymmetricFrom());
  }
}
