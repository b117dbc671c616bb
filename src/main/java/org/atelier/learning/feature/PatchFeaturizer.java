package org.atelier.learning.feature;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Image features learned from the job's own pool, without labels and without a pretrained model:
 * patch dictionary, two-sided soft threshold, pooling on a grid, principal components.
 *
 * <p>The components come in two groups, those that mirroring keeps and those that it negates, so
 * that a head can be trained on both views of an item at the price of a sign. Memory is bounded by
 * the sample (not by the pool) beside the buffers of one batch.
 */
public final class PatchFeaturizer {
  /**
   * What to learn.
   *
   * @param patch side of a patch in pixels
   * @param filters size of the dictionary, even
   * @param grid cells per side of the pooling grid
   * @param threshold activation threshold in units of the whitened patch
   * @param components features wanted, split between the two groups by variance
   * @param sample images that the components are learned from
   * @param whitening exponent 0 (none) to 1 (full) by which component scales are evened out
   */
  public record Settings(
      int patch,
      int filters,
      int grid,
      float threshold,
      int components,
      int sample,
      double whitening) {
    /** The measured default, see docs/benchmarks-learning.md. */
    public static Settings standard() {
      return new Settings(6, 400, 3, 0.25f, 600, 6000, 0.5);
    }
  }

  private final Settings settings;

  public PatchFeaturizer(Settings settings) {
    this.settings = settings;
  }

  /** What a run produced: number of columns, and where the antisymmetric ones start. */
  public record Shape(int columns, int antisymmetricFrom) {}

  /**
   * Learns from the pool and hands every image's features, in order, to the sink.
   *
   * @param progress receives the number of images encoded so far
   * @throws IOException if an image cannot be read or the sink fails
   */
  public Shape run(ImagePool images, long seed, FeatureSink sink, LongConsumer progress)
      throws IOException {
    LearnedPatches learned = learn(images, seed);
    learned.encode(images, sink, progress);
    return learned.shape();
  }

  /**
   * Learns from the pool without computing its features.
   *
   * @throws IOException if an image cannot be read
   */
  public LearnedPatches learn(ImagePool images, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int stride = stride(images);
    PatchDictionary dictionary =
        PatchDictionary.learn(images, settings.patch(), settings.filters(), 60_000, random);
    PatchEncoder encoder =
        new PatchEncoder(images, dictionary, settings.grid(), stride, settings.threshold());
    try {
      LearnedPatches.Projection[] projections = learnProjections(images, encoder, random);
      return new LearnedPatches(
          images.width(),
          images.height(),
          dictionary,
          settings.grid(),
          stride,
          settings.threshold(),
          projections[0],
          projections[1]);
    } finally {
      encoder.close();
    }
  }

  private int stride(ImagePool images) {
    int positions =
        (images.width() - settings.patch() + 1) * (images.height() - settings.patch() + 1);
    return (int) Math.max(1, Math.round(Math.sqrt(positions / 900.0)));
  }

  private LearnedPatches.Projection[] learnProjections(
      ImagePool images, PatchEncoder encoder, SplittableRandom random) throws IOException {
    int[] sample = sample(images.size(), settings.sample(), random);
    int half = encoder.half();
    float[] symmetric = new float[sample.length * half];
    float[] antisymmetric = new float[sample.length * half];
    float[] s = new float[encoder.batch() * half];
    float[] a = new float[encoder.batch() * half];
    for (int from = 0; from < sample.length; from += encoder.batch()) {
      int to = Math.min(sample.length, from + encoder.batch());
      encoder.encode(sample, from, to, s, a);
      System.arraycopy(s, 0, symmetric, from * half, (to - from) * half);
      System.arraycopy(a, 0, antisymmetric, from * half, (to - from) * half);
    }
    int wanted = settings.components();
    PrincipalComponents kept =
        PrincipalComponents.of(symmetric, sample.length, half, wanted, true, random);
    PrincipalComponents negated =
        PrincipalComponents.of(antisymmetric, sample.length, half, wanted / 2, false, random);
    return split(kept, negated, wanted);
  }

  private LearnedPatches.Projection[] split(
      PrincipalComponents kept, PrincipalComponents negated, int wanted) {
    int i = 0;
    int j = 0;
    double[] x = kept.variances();
    double[] y = negated.variances();
    while (i + j < wanted && (i < x.length || j < y.length)) {
      if (j >= y.length || (i < x.length && x[i] >= y[j])) {
        i++;
      } else {
        j++;
      }
    }
    double top = x[0];
    return new LearnedPatches.Projection[] {scaled(kept, i, top), scaled(negated, j, top)};
  }

  private LearnedPatches.Projection scaled(PrincipalComponents components, int kept, double top) {
    float[] directions = components.directions().get();
    int rows = components.directions().rows();
    int columns = components.directions().columns();
    float[] scaled = new float[rows * kept];
    for (int j = 0; j < kept; j++) {
      double variance = components.variances()[j] + 1e-4 * top;
      float scale = (float) (Math.pow(variance / top, -settings.whitening() / 2) / Math.sqrt(top));
      for (int i = 0; i < rows; i++) {
        scaled[i * kept + j] = directions[i * columns + j] * scale;
      }
    }
    components.directions().close();
    return new LearnedPatches.Projection(components.mean(), scaled, kept);
  }

  private static int[] sample(int size, int wanted, SplittableRandom random) {
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    int count = Math.min(size, wanted);
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(size - i);
      int swap = all[i];
      all[i] = all[j];
      all[j] = swap;
    }
    return Arrays.copyOf(all, count);
  }
}
