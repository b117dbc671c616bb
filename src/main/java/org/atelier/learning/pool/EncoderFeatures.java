package org.atelier.learning.pool;

import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.Pictures;
import org.atelier.learning.feature.OnnxEncoder;
import org.atelier.learning.feature.UnusableFileException;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.atelier.platform.Sha256;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Features of pictures by an ONNX model from a local file, named by {@code
 * atelier.learning.encoder.model}. Pictures become squares with white borders; a value v of channel
 * c becomes (v / 255 − mean[c]) / deviation[c].
 */
@Singleton
class EncoderFeatures implements FeatureMethod {

  private static final int BATCH = 16;

  private final Optional<Path> model;
  private final int side;
  private final float[] mean;
  private final float[] deviation;
  private final Pictures pictures;
  private final LocalFiles files;

  EncoderFeatures(
      @ConfigProperty(name = "atelier.learning.encoder.model") Optional<Path> model,
      @ConfigProperty(name = "atelier.learning.encoder.side", defaultValue = "224") int side,
      @ConfigProperty(name = "atelier.learning.encoder.mean", defaultValue = "0.485,0.456,0.406")
          List<Float> mean,
      @ConfigProperty(
              name = "atelier.learning.encoder.deviation",
              defaultValue = "0.229,0.224,0.225")
          List<Float> deviation,
      Pictures pictures,
      LocalFiles files) {
    this.model = model;
    this.side = side;
    this.mean = floats(mean);
    this.deviation = floats(deviation);
    this.pictures = pictures;
    this.files = files;
  }

  @Override
  public String name() {
    return "encoder";
  }

  @Override
  public boolean reads(ItemKind kind) {
    return kind == ItemKind.IMAGE && model.isPresent();
  }

  @Override
  public boolean isUsual() {
    return false;
  }

  @Override
  public String recipe(UUID datasetId) throws IOException {
    Path file = model.orElseThrow();
    if (!Files.isRegularFile(file)) {
      throw refused(file.getFileName() + ": no such file.");
    }
    return "encoder 1 %s side %d mean %s deviation %s"
        .formatted(
            Sha256.of(file),
            side,
            java.util.Arrays.toString(mean),
            java.util.Arrays.toString(deviation));
  }

  @Override
  public String description() {
    return "pictures of %d × %d through the encoder %s"
        .formatted(side, side, model.map(Path::getFileName).map(Path::toString).orElse("?"));
  }

  @Override
  public Computed learn(PoolSource source, Path learned, Path into, Progress progress)
      throws IOException {
    return apply(learned, source, into, progress);
  }

  @Override
  public Computed apply(Path learned, PoolSource source, Path into, Progress progress)
      throws IOException {
    PixelFile.Size size = new PixelFile.Size(side, side, 3);
    try (PixelFile pixels = PixelFile.read(source, pictures, files, size, progress);
        OnnxEncoder encoder =
            new OnnxEncoder(
                model.orElseThrow(), new OnnxEncoder.Preprocessing(mean, deviation, BATCH));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 18)) {
      int columns =
          encoder.run(
              pixels,
              (values, count, width) -> DenseRows.write(out, values, count * width),
              done -> progress.at("Encoding pictures", done, source.rows()));
      return new Computed(Layout.DENSE, columns, columns);
    } catch (UnusableFileException unusable) {
      throw refused(unusable.getMessage());
    }
  }

  /** What nobody but a person can mend is a problem, so that it is not tried again at once. */
  private static ProblemException refused(String why) {
    return new ProblemException(
        CommonProblem.INVALID_INPUT,
        "The encoder "
            + why
            + " An administrator names it with atelier.learning.encoder.model; mend it, then try"
            + " again, or choose other features.");
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
