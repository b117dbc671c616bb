package org.atelier.learning.feature;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.atelier.learning.numeric.Matrix;

/**
 * What a {@link PatchFeaturizer} learned from a pool. Turns images of the same size, whether the
 * pool had them or not, into features: an image gets the same ones whenever it is asked about.
 *
 * <p>As a file, big-endian: 8 bytes {@code ATLPATC1}; ints width, height, patch, channels, filters,
 * grid, stride; float threshold; the filters; then twice (what mirroring keeps, what it negates)
 * ints length and kept, {@code length} means and length × kept weights.
 */
public final class LearnedPatches {
  private static final byte[] MAGIC = "ATLPATC1".getBytes(StandardCharsets.US_ASCII);

  /**
   * From pooled activations to features.
   *
   * @param mean what is subtracted first
   * @param weights mean.length × kept
   * @param kept features
   */
  record Projection(float[] mean, float[] weights, int kept) {}

  private final int width;
  private final int height;
  private final PatchDictionary dictionary;
  private final int grid;
  private final int stride;
  private final float threshold;
  private final Projection symmetric;
  private final Projection antisymmetric;

  LearnedPatches(
      int width,
      int height,
      PatchDictionary dictionary,
      int grid,
      int stride,
      float threshold,
      Projection symmetric,
      Projection antisymmetric) {
    this.width = width;
    this.height = height;
    this.dictionary = dictionary;
    this.grid = grid;
    this.stride = stride;
    this.threshold = threshold;
    this.symmetric = symmetric;
    this.antisymmetric = antisymmetric;
  }

  /** Width the images must have. */
  public int width() {
    return width;
  }

  /** Height the images must have. */
  public int height() {
    return height;
  }

  /** Channels the images must have. */
  public int channels() {
    return dictionary.channels();
  }

  /** Number of features, and where those begin that mirroring negates. */
  public PatchFeaturizer.Shape shape() {
    return new PatchFeaturizer.Shape(symmetric.kept() + antisymmetric.kept(), symmetric.kept());
  }

  /**
   * Hands every image's features, in order, to the sink.
   *
   * @param progress receives the number of images encoded so far
   * @throws IOException if an image cannot be read or the sink fails
   * @throws IllegalArgumentException if the images have another size
   */
  public void encode(ImagePool images, FeatureSink sink, LongConsumer progress) throws IOException {
    if (images.width() != width || images.height() != height || images.channels() != channels()) {
      throw new IllegalArgumentException("the images have another size than those learned from");
    }
    PatchEncoder encoder = new PatchEncoder(images, dictionary, grid, stride, threshold);
    Matrix kept = matrix(symmetric);
    Matrix negated = matrix(antisymmetric);
    try {
      project(images.size(), encoder, kept, negated, sink, progress);
    } finally {
      encoder.close();
      close(kept);
      close(negated);
    }
  }

  private static Matrix matrix(Projection projection) {
    return projection.kept() == 0
        ? null
        : Matrix.of(projection.weights(), projection.mean().length, projection.kept());
  }

  private static void close(Matrix matrix) {
    if (matrix != null) {
      matrix.close();
    }
  }

  private void project(
      int size,
      PatchEncoder encoder,
      Matrix kept,
      Matrix negated,
      FeatureSink sink,
      LongConsumer progress)
      throws IOException {
    int half = encoder.half();
    int batch = encoder.batch();
    int columns = symmetric.kept() + antisymmetric.kept();
    float[] s = new float[batch * half];
    float[] a = new float[batch * half];
    float[] rows = new float[batch * columns];
    Matrix halfRows = Matrix.allocate(batch, half);
    int[] indexes = new int[batch];
    for (int from = 0; from < size; from += batch) {
      int count = Math.min(batch, size - from);
      for (int i = 0; i < count; i++) {
        indexes[i] = from + i;
      }
      encoder.encode(indexes, 0, count, s, a);
      centre(s, count, symmetric.mean());
      place(halfRows, s, kept, rows, 0, columns, count);
      place(halfRows, a, negated, rows, symmetric.kept(), columns, count);
      sink.accept(rows, count, columns);
      progress.accept(from + count);
    }
    halfRows.close();
  }

  private static void centre(float[] rows, int count, float[] mean) {
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < mean.length; c++) {
        rows[r * mean.length + c] -= mean[c];
      }
    }
  }

  private static void place(
      Matrix input, float[] values, Matrix weights, float[] rows, int at, int columns, int count) {
    if (weights == null) {
      return;
    }
    input.set(values);
    Matrix product = input.times(weights);
    float[] result = product.get();
    product.close();
    int kept = weights.columns();
    for (int r = 0; r < count; r++) {
      System.arraycopy(result, r * kept, rows, r * columns + at, kept);
    }
  }

  /** Writes it to a file. */
  public void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 18))) {
      out.write(MAGIC);
      for (int number :
          new int[] {
            width,
            height,
            dictionary.patch(),
            dictionary.channels(),
            dictionary.size(),
            grid,
            stride
          }) {
        out.writeInt(number);
      }
      out.writeFloat(threshold);
      floats(out, dictionary.filters());
      for (Projection projection : new Projection[] {symmetric, antisymmetric}) {
        out.writeInt(projection.mean().length);
        out.writeInt(projection.kept());
        floats(out, projection.mean());
        floats(out, projection.weights());
      }
    }
  }

  private static void floats(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException also when the file is something else
   */
  public static LearnedPatches read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 18))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException("This file does not hold learned picture features");
      }
      int width = in.readInt();
      int height = in.readInt();
      int patch = in.readInt();
      int channels = in.readInt();
      int size = in.readInt();
      int grid = in.readInt();
      int stride = in.readInt();
      float threshold = in.readFloat();
      float[] filters = floats(in, size * patch * patch * channels);
      return new LearnedPatches(
          width,
          height,
          new PatchDictionary(patch, channels, size, filters),
          grid,
          stride,
          threshold,
          projection(in),
          projection(in));
    }
  }

  private static Projection projection(DataInputStream in) throws IOException {
    int length = in.readInt();
    int kept = in.readInt();
    return new Projection(floats(in, length), floats(in, length * kept), kept);
  }

  private static float[] floats(DataInputStream in, int count) throws IOException {
    byte[] bytes = new byte[count * Float.BYTES];
    in.readFully(bytes);
    float[] values = new float[count];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
