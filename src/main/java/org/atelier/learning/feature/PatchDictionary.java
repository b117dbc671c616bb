package org.atelier.learning.feature;

import java.io.IOException;
import java.util.SplittableRandom;
import org.atelier.learning.numeric.Matrix;
import org.atelier.learning.numeric.SymmetricEigen;

/**
 * A dictionary of whitened image patches learned from unlabelled images by spherical k-means,
 * closed under left-right mirroring: filter {@code k + size/2} is the mirror image of filter {@code
 * k}.
 *
 * <p>Source: Coates, Ng and Lee (2011), "An Analysis of Single-Layer Networks in Unsupervised
 * Feature Learning", AISTATS; Coates and Ng (2012), "Learning Feature Representations with
 * K-means". Deviation: the mirror symmetry, which makes the features of a mirrored image a
 * permutation of the image's own.
 *
 * @param patch side of a patch in pixels
 * @param channels channels of the images
 * @param size number of filters, even
 * @param filters size × dimension, row k: what a contrast-normalised patch is multiplied with
 */
record PatchDictionary(int patch, int channels, int size, float[] filters) {
  private static final int ITERATIONS = 12;
  private static final double CONTRAST_FLOOR = 10;
  private static final double WHITENING_FLOOR = 0.1;

  int dimension() {
    return patch * patch * channels;
  }

  static PatchDictionary learn(
      ImagePool images, int patch, int size, int sample, SplittableRandom random)
      throws IOException {
    int dimension = patch * patch * images.channels();
    float[] patches = samplePatches(images, patch, sample, random);
    int count = patches.length / dimension;
    float[] whitening = whitening(patches, count, dimension);
    Matrix raw = Matrix.of(patches, count, dimension);
    Matrix white = raw.times(Matrix.of(whitening, dimension, dimension));
    raw.close();
    float[] points = white.get();
    white.close();
    float[] centroids = sphericalMeans(points, count, dimension, size / 2, random);
    float[] both = new float[size * dimension];
    System.arraycopy(centroids, 0, both, 0, centroids.length);
    for (int k = 0; k < size / 2; k++) {
      mirror(centroids, k * dimension, both, (size / 2 + k) * dimension, patch, images.channels());
    }
    // Whitening is symmetric, so it folds into the filters: (x·W)·c = x·(W·c).
    Matrix folded =
        Matrix.of(both, size, dimension).times(Matrix.of(whitening, dimension, dimension));
    float[] filters = folded.get();
    removeMeans(filters, size, dimension);
    return new PatchDictionary(patch, images.channels(), size, filters);
  }

  /** Makes (x − mean)·f equal to x·f, so that encoding need not subtract the mean. */
  private static void removeMeans(float[] filters, int size, int dimension) {
    for (int k = 0; k < size; k++) {
      double mean = 0;
      for (int i = 0; i < dimension; i++) {
        mean += filters[k * dimension + i] / dimension;
      }
      for (int i = 0; i < dimension; i++) {
        filters[k * dimension + i] -= (float) mean;
      }
    }
  }

  private static float[] samplePatches(
      ImagePool images, int patch, int sample, SplittableRandom random) throws IOException {
    int dimension = patch * patch * images.channels();
    int perImage = Math.max(1, Math.min(40, sample / Math.max(1, images.size()) + 4));
    float[] patches = new float[sample * dimension];
    byte[] pixels = new byte[images.width() * images.height() * images.channels()];
    int found = 0;
    for (int attempt = 0; attempt < 20 * sample && found + 2 <= sample; attempt += perImage) {
      images.read(random.nextInt(images.size()), pixels);
      for (int p = 0; p < perImage && found + 2 <= sample; p++) {
        int x = random.nextInt(images.width() - patch + 1);
        int y = random.nextInt(images.height() - patch + 1);
        if (copyNormalised(images, pixels, x, y, patch, patches, found * dimension)) {
          mirror(
              patches,
              found * dimension,
              patches,
              (found + 1) * dimension,
              patch,
              images.channels());
          found += 2;
        }
      }
    }
    return java.util.Arrays.copyOf(patches, Math.max(found, 2) * dimension);
  }

  private static boolean copyNormalised(
      ImagePool images, byte[] pixels, int x, int y, int patch, float[] into, int offset) {
    int channels = images.channels();
    double sum = 0;
    double squares = 0;
    int position = offset;
    for (int row = 0; row < patch; row++) {
      int from = ((y + row) * images.width() + x) * channels;
      for (int i = 0; i < patch * channels; i++) {
        float value = pixels[from + i] & 0xff;
        into[position++] = value;
        sum += value;
        squares += value * value;
      }
    }
    int n = position - offset;
    double mean = sum / n;
    double variance = squares / n - mean * mean;
    if (variance < 4) {
      return false;
    }
    float scale = (float) (1 / Math.sqrt(variance + CONTRAST_FLOOR));
    for (int i = offset; i < position; i++) {
      into[i] = (into[i] - (float) mean) * scale;
    }
    return true;
  }

  static void mirror(float[] from, int start, float[] into, int target, int patch, int channels) {
    for (int row = 0; row < patch; row++) {
      for (int column = 0; column < patch; column++) {
        for (int c = 0; c < channels; c++) {
          into[target + (row * patch + patch - 1 - column) * channels + c] =
              from[start + (row * patch + column) * channels + c];
        }
      }
    }
  }

  private static float[] whitening(float[] patches, int count, int dimension) {
    Matrix rows = Matrix.of(patches, count, dimension);
    float[] gram = rows.transposeTimes(rows).get();
    rows.close();
    double[][] covariance = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        covariance[i][j] = gram[i * dimension + j] / (double) count;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(covariance);
    float[] whitening = new float[dimension * dimension];
    for (int k = 0; k < dimension; k++) {
      double scale = 1 / Math.sqrt(Math.max(0, eigen.values()[k]) + WHITENING_FLOOR);
      double[] vector = eigen.vectors()[k];
      for (int i = 0; i < dimension; i++) {
        for (int j = 0; j < dimension; j++) {
          whitening[i * dimension + j] += (float) (vector[i] * scale * vector[j]);
        }
      }
    }
    return whitening;
  }

  private static float[] sphericalMeans(
      float[] points, int count, int dimension, int size, SplittableRandom random) {
    float[] centroids = new float[size * dimension];
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < dimension; i++) {
        centroids[k * dimension + i] = (float) (random.nextDouble() - 0.5);
      }
    }
    normaliseRows(centroids, size, dimension);
    Matrix rows = Matrix.of(points, count, dimension);
    float[] products = new float[count * size];
    Matrix similarity = Matrix.allocate(count, size);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      rows.times(transpose(centroids, size, dimension), similarity);
      similarity.get(products);
      // The old centroid stays in the sum: Coates and Ng's damped update.
      for (int n = 0; n < count; n++) {
        int best = strongest(products, n * size, size);
        float weight = products[n * size + best];
        for (int i = 0; i < dimension; i++) {
          centroids[best * dimension + i] += weight * points[n * dimension + i];
        }
      }
      normaliseRows(centroids, size, dimension);
    }
    rows.close();
    similarity.close();
    return centroids;
  }

  private static int strongest(float[] values, int from, int count) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      if (Math.abs(values[from + k]) > Math.abs(values[from + best])) {
        best = k;
      }
    }
    return best;
  }

  private static Matrix transpose(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return Matrix.of(turned, columns, rows);
  }

  /** Filters as the right-hand side of a product: dimension × size. */
  Matrix asColumns() {
    return transpose(filters, size, dimension());
  }

  private static void normaliseRows(float[] values, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      double norm = 1e-12;
      for (int i = 0; i < columns; i++) {
        norm += (double) values[r * columns + i] * values[r * columns + i];
      }
      float scale = (float) (1 / Math.sqrt(norm));
      for (int i = 0; i < columns; i++) {
        values[r * columns + i] *= scale;
      }
    }
  }
}
