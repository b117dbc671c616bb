package org.atelier.learning.feature;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/**
 * Image features from a local ONNX model file with one image input, N × channels × height × width
 * float32, and a float output N × D (or N × D × 1 × 1); the first output is used.
 *
 * <p>Not thread-safe. Nothing is downloaded.
 */
public final class OnnxEncoder implements AutoCloseable {
  /**
   * How pixels become numbers: (value / 255 − mean[c]) / deviation[c]; the image itself has to come
   * in the size the model wants.
   *
   * @param mean one per channel
   * @param deviation one per channel, above 0
   * @param batch images per call, at least 1
   */
  public record Preprocessing(float[] mean, float[] deviation, int batch) {
    /** Checks the shapes. */
    public Preprocessing {
      if (mean.length != deviation.length || mean.length == 0 || batch < 1) {
        throw new IllegalArgumentException("one mean and one deviation per channel are needed");
      }
      for (float each : deviation) {
        if (!(each > 0)) {
          throw new IllegalArgumentException("deviations must be above 0");
        }
      }
    }
  }

  private static final Logger LOG = Logger.getLogger(OnnxEncoder.class);
  private static final int MOST_NUMBERS = 1 << 16;

  /** Measured with ONNX Runtime 1.29.0 on Linux: above 4,096 it ends the process. */
  private static final int LONGEST_COMMAND_LINE = 4_000;

  private final Path model;
  private final Preprocessing preprocessing;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;

  /**
   * Loads a model.
   *
   * @throws UnusableFileException if the file is no ONNX model, or its input is not one float image
   *     batch of as many channels as the pre-processing has
   */
  public OnnxEncoder(Path model, Preprocessing preprocessing) throws IOException {
    this.model = model;
    this.preprocessing = preprocessing;
    if (!Files.isRegularFile(model)) {
      throw unusable("no such file");
    }
    if (commandLine() > LONGEST_COMMAND_LINE) {
      throw unusable(
          "ONNX Runtime ends a process whose command line is longer than 4,096 bytes. Start the"
              + " server with a shorter one, for example with settings in a file");
    }
    environment = OrtEnvironment.getEnvironment();
    try {
      session = environment.createSession(model.toString());
      Map<String, NodeInfo> inputs = session.getInputInfo();
      input = inputs.isEmpty() ? null : inputs.keySet().iterator().next();
      boolean image =
          inputs.size() == 1
              && inputs.get(input).getInfo() instanceof TensorInfo info
              && info.getShape().length == 4
              && (info.getShape()[1] < 0 || info.getShape()[1] == preprocessing.mean().length);
      if (!image) {
        session.close();
        throw unusable(
            "wants another input than one batch of images with "
                + preprocessing.mean().length
                + " channels (N × channels × height × width)");
      }
    } catch (OrtException broken) {
      LOG.infof("%s: %s", model, broken.getMessage());
      throw unusable(
          "cannot be loaded as an ONNX model. Export it again, with standard operators only and with"
              + " its weights in the same folder");
    }
  }

  /**
   * Encodes all images, in order.
   *
   * @return the number of columns
   * @throws IOException if an image cannot be read or the model fails on it
   */
  public int run(ImagePool images, FeatureSink sink, LongConsumer progress) throws IOException {
    int columns = 0;
    for (int from = 0; from < images.size(); from += preprocessing.batch()) {
      int count = Math.min(preprocessing.batch(), images.size() - from);
      float[] rows = encode(tensor(images, from, count), images, count);
      columns = rows.length / count;
      sink.accept(rows, count, columns);
      progress.accept(from + count);
    }
    return columns;
  }

  /** Bytes of the command line of this process; 0 where it cannot be known. */
  private static int commandLine() {
    try {
      return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
    } catch (IOException unknown) {
      return 0;
    }
  }

  private UnusableFileException unusable(String why) {
    return new UnusableFileException(model.getFileName() + ": " + why + ".");
  }

  private float[] tensor(ImagePool images, int from, int count) throws IOException {
    int channels = images.channels();
    if (channels != preprocessing.mean().length) {
      throw new IOException(
          "images have " + channels + " channels, the model wants " + preprocessing.mean().length);
    }
    int area = images.width() * images.height();
    byte[] pixels = new byte[area * channels];
    float[] values = new float[count * area * channels];
    for (int i = 0; i < count; i++) {
      images.read(from + i, pixels);
      for (int c = 0; c < channels; c++) {
        int target = (i * channels + c) * area;
        float mean = preprocessing.mean()[c];
        float deviation = preprocessing.deviation()[c];
        for (int p = 0; p < area; p++) {
          float value = (pixels[p * channels + c] & 0xff) / 255f;
          values[target + p] = (value - mean) / deviation;
        }
      }
    }
    return values;
  }

  private float[] encode(float[] values, ImagePool images, int count) throws IOException {
    long[] shape = {count, images.channels(), images.height(), images.width()};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      if (!(result.get(0) instanceof OnnxTensor output)) {
        throw unusable("its first output is not a tensor");
      }
      FloatBuffer buffer = output.getFloatBuffer();
      if (buffer == null || buffer.remaining() == 0 || buffer.remaining() % count != 0) {
        throw unusable("its first output is not one row of float32 numbers per image");
      }
      if (buffer.remaining() / count > MOST_NUMBERS) {
        throw unusable(
            "gives %,d numbers per image; at most %,d are read. Choose an output that is pooled"
                .formatted(buffer.remaining() / count, MOST_NUMBERS));
      }
      float[] rows = new float[buffer.remaining()];
      buffer.get(rows);
      for (float each : rows) {
        if (!Float.isFinite(each)) {
          throw unusable("gives a number that is not finite");
        }
      }
      return rows;
    } catch (OrtException broken) {
      LOG.infof("%s: %s", model, broken.getMessage());
      throw unusable(
          "fails on images of %d × %d pixels. Compare them with what the model takes"
              .formatted(images.width(), images.height()));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      session.close();
    } catch (OrtException broken) {
      throw new IOException(model + ": cannot be closed", broken);
    }
  }
}
