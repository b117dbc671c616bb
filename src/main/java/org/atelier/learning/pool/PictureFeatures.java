package org.atelier.learning.pool;

import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.Pictures;
import org.atelier.learning.feature.LearnedPatches;
import org.atelier.learning.feature.PatchFeaturizer;

/** Features of pictures learned from the pool itself, without labels and pretrained weights. */
@Singleton
class PictureFeatures implements FeatureMethod {

  private static final PatchFeaturizer.Settings SETTINGS = PatchFeaturizer.Settings.standard();
  private static final long SEED = 1;

  private final Pictures pictures;
  private final LocalFiles files;

  PictureFeatures(Pictures pictures, LocalFiles files) {
    this.pictures = pictures;
    this.files = files;
  }

  @Override
  public String name() {
    return "patches";
  }

  @Override
  public boolean reads(ItemKind kind) {
    return kind == ItemKind.IMAGE;
  }

  @Override
  public boolean isUsual() {
    return true;
  }

  @Override
  public String recipe(UUID datasetId) {
    return "patches 1 " + SETTINGS + " side " + PixelFile.SIDE + " seed " + SEED;
  }

  @Override
  public String description() {
    return "%d patch filters learned from the pool's own pictures, %d components, seed %d"
        .formatted(SETTINGS.filters(), SETTINGS.components(), SEED);
  }

  @Override
  public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
      throws IOException {
    try (PixelFile pixels = PixelFile.read(source, pictures, files, null, progress)) {
      progress.at("Learning picture features", 0, source.rows());
      LearnedPatches patches = new PatchFeaturizer(SETTINGS).learn(pixels, SEED);
      patches.write(learned);
      return encode(patches, pixels, into, progress);
    }
  }

  @Override
  public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
      throws IOException {
    LearnedPatches patches = LearnedPatches.read(learned);
    PixelFile.Size size = new PixelFile.Size(patches.width(), patches.height(), patches.channels());
    try (PixelFile pixels = PixelFile.read(source, pictures, files, size, progress)) {
      return encode(patches, pixels, into, progress);
    }
  }

  private static Computed encode(
      LearnedPatches patches, PixelFile pixels, Path into, Progress progress) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 18)) {
      patches.encode(
          pixels,
          (values, count, columns) -> DenseRows.write(out, values, count * columns),
          done -> progress.at("Computing picture features", done, pixels.size()));
    }
    return new Computed(
        Layout.DENSE, patches.shape().columns(), patches.shape().antisymmetricFrom());
  }
}
