package org.atelier.learning.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import org.atelier.learning.numeric.Matrix;

/**
 * Turns images into pooled filter activations, split into what mirroring keeps and what it negates.
 *
 * <p>Not thread-safe: one encoder holds the buffers of one batch.
 */
final class PatchEncoder {
  private static final double CONTRAST_FLOOR = 10;

  private final ImagePool images;
  private final PatchDictionary dictionary;
  private final int grid;
  private final int stride;
  private final float threshold;
  private final int across;
  private final int down;
  private final int batch;
  private final Matrix filters;
  private final Matrix patches;
  private final Matrix responses;
  private final float[] patchValues;
  private final float[] scales;
  private final float[] responseValues;

  PatchEncoder(
      ImagePool images, PatchDictionary dictionary, int grid, int stride, float threshold) {
    this.images = images;
    this.dictionary = dictionary;
    this.grid = grid;
    this.stride = stride;
    this.threshold = threshold;
    this.across = (images.width() - dictionary.patch()) / stride + 1;
    this.down = (images.height() - dictionary.patch()) / stride + 1;
    this.batch = Math.max(1, 8_000 / positions());
    this.filters = dictionary.asColumns();
    this.patches = Matrix.allocate(batch * positions(), dictionary.dimension());
    this.responses = Matrix.allocate(batch * positions(), dictionary.size());
    this.patchValues = new float[batch * positions() * dictionary.dimension()];
    this.scales = new float[batch * positions()];
    this.responseValues = new float[batch * positions() * dictionary.size()];
  }

  int batch() {
    return batch;
  }

  /** Length of the symmetric half, equal to the length of the antisymmetric half. */
  int half() {
    return grid * grid * dictionary.size();
  }

  private int positions() {
    return across * down;
  }

  /**
   * Encodes images {@code indexes[from..to)}; row i of each result belongs to {@code indexes[from +
   * i]}.
   */
  void encode(int[] indexes, int from, int to, float[] symmetric, float[] antisymmetric)
      throws IOException {
    int count = to - from;
    try {
      IntStream.range(0, count).parallel().forEach(i -> cut(indexes[from + i], i));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    patches.set(patchValues);
    patches.times(filters, responses);
    responses.get(responseValues);
    IntStream.range(0, count).parallel().forEach(i -> pool(i, symmetric, antisymmetric));
  }

  private void cut(int index, int slot) {
    int channels = images.channels();
    int width = dictionary.patch() * channels;
    byte[] pixels = new byte[images.width() * images.height() * channels];
    try {
      images.read(index, pixels);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    int target = slot * positions() * dictionary.dimension();
    for (int p = 0; p < positions(); p++) {
      int x = p % across * stride;
      int y = p / across * stride;
      float sum = 0;
      float squares = 0;
      for (int row = 0; row < dictionary.patch(); row++) {
        int source = ((y + row) * images.width() + x) * channels;
        for (int i = 0; i < width; i++) {
          float value = pixels[source + i] & 0xff;
          patchValues[target++] = value;
          sum += value;
          squares += value * value;
        }
      }
      float mean = sum / dictionary.dimension();
      float variance = Math.max(0, squares / dictionary.dimension() - mean * mean);
      scales[slot * positions() + p] = (float) (1 / Math.sqrt(variance + CONTRAST_FLOOR));
    }
  }

  private void pool(int slot, float[] symmetric, float[] antisymmetric) {
    int size = dictionary.size();
    float[] positive = new float[grid * grid * size];
    float[] negative = new float[grid * grid * size];
    for (int p = 0; p < positions(); p++) {
      int cell = cell(p / across, down) * grid + cell(p % across, across);
      int source = (slot * positions() + p) * size;
      accumulate(
          responseValues,
          source,
          scales[slot * positions() + p],
          positive,
          negative,
          cell * size,
          size);
    }
    int half = size / 2;
    int target = slot * half();
    for (int cell = 0; cell < grid * grid; cell++) {
      int mirrored = cell / grid * grid + grid - 1 - cell % grid;
      for (int k = 0; k < half; k++) {
        int own = cell * size + k;
        int other = mirrored * size + half + k;
        put(positive, own, other, symmetric, antisymmetric, target + 2 * (cell * half + k));
        put(negative, own, other, symmetric, antisymmetric, target + 2 * (cell * half + k) + 1);
      }
    }
  }

  private static void put(
      float[] pooled, int own, int other, float[] symmetric, float[] antisymmetric, int target) {
    float a = (float) Math.sqrt(pooled[own]);
    float b = (float) Math.sqrt(pooled[other]);
    symmetric[target] = a + b;
    antisymmetric[target] = a - b;
  }

  private int cell(int position, int extent) {
    return (int) ((position + 0.5) * grid / extent);
  }

  private void accumulate(
      float[] from, int start, float scale, float[] positive, float[] negative, int at, int size) {
    float floor = threshold;
    for (int k = 0; k < size; k++) {
      float value = from[start + k] * scale;
      positive[at + k] += Math.max(0f, value - floor);
      negative[at + k] += Math.max(0f, -value - floor);
    }
  }

  void close() {
    filters.close();
    patches.close();
    responses.close();
  }
}
