package org.atelier.learning.model;

import java.util.SplittableRandom;
import org.atelier.learning.feature.FeatureMatrix;
import org.atelier.learning.numeric.Matrix;

/**
 * A network with one hidden layer, trained with dropout, mirrored views and a cosine step size on
 * the native multiply; {@link DenseLearner} exports it as a DL4J model.
 *
 * <p>Not thread-safe. Source of the update rule: Kingma and Ba (2015), "Adam", ICLR; of decoupled
 * decay: Loshchilov and Hutter (2019), ICLR; of dropout: Srivastava et al. (2014), JMLR 15.
 */
final class DenseNetwork {
  /** How to train: sizes, steps and regularisation. */
  record Settings(
      int hidden,
      int batch,
      int epochs,
      double rate,
      double decay,
      double keepIn,
      double keepOut) {}

  private final Settings settings;
  private final int inputs;
  private final int outputs;
  private final boolean multiLabel;
  private final Layer first;
  private final Layer second;

  DenseNetwork(
      Settings settings, int inputs, int outputs, boolean multiLabel, SplittableRandom random) {
    this.settings = settings;
    this.inputs = inputs;
    this.outputs = outputs;
    this.multiLabel = multiLabel;
    this.first = new Layer(inputs, settings.hidden(), Math.sqrt(2.0 / inputs), random);
    this.second = new Layer(settings.hidden(), outputs, Math.sqrt(1.0 / settings.hidden()), random);
  }

  /** One batch's working space. */
  private final class Batch {
    final int size;
    final float[] x;
    final float[] h;
    final float[] z;
    final boolean[] active;
    final Matrix xs;
    final Matrix hs;
    final Matrix zs;
    final Matrix dh;

    Batch(int size) {
      this.size = size;
      x = new float[size * inputs];
      h = new float[size * settings.hidden()];
      z = new float[size * outputs];
      active = new boolean[size * settings.hidden()];
      xs = Matrix.allocate(size, inputs);
      hs = Matrix.allocate(size, settings.hidden());
      zs = Matrix.allocate(size, outputs);
      dh = Matrix.allocate(size, settings.hidden());
    }

    void close() {
      xs.close();
      hs.close();
      zs.close();
      dh.close();
    }
  }

  /**
   * Trains from where the weights stand.
   *
   * @param items rows of the features, one per example
   * @param targets examples × outputs, wanted probabilities
   * @param weights one per example, at least 0
   */
  void train(
      FeatureMatrix features,
      int[] items,
      float[] targets,
      float[] weights,
      SplittableRandom random) {
    int size = Math.min(settings.batch(), items.length);
    long steps = Math.max(1, (long) settings.epochs() * items.length / size);
    Batch batch = new Batch(size);
    int[] order = new int[items.length];
    java.util.Arrays.setAll(order, i -> i);
    int at = order.length;
    int[] chosen = new int[size];
    for (long step = 0; step < steps; step++) {
      for (int b = 0; b < size; b++) {
        if (at == order.length) {
          shuffle(order, random);
          at = 0;
        }
        chosen[b] = order[at++];
        view(features, items[chosen[b]], batch.x, b * inputs, random);
      }
      double rate = settings.rate() * 0.5 * (1 + Math.cos(Math.PI * step / steps)) + 1e-7;
      step(batch, chosen, targets, weights, rate, random);
    }
    batch.close();
  }

  private void view(
      FeatureMatrix features, int item, float[] into, int offset, SplittableRandom random) {
    features.read(item, into, offset);
    if (features.antisymmetricFrom() < inputs && random.nextBoolean()) {
      for (int j = offset + features.antisymmetricFrom(); j < offset + inputs; j++) {
        into[j] = -into[j];
      }
    }
  }

  private void step(
      Batch batch,
      int[] chosen,
      float[] targets,
      float[] weights,
      double rate,
      SplittableRandom random) {
    dropInputs(batch.x, random);
    batch.xs.set(batch.x);
    batch.xs.times(first.values, batch.hs);
    batch.hs.get(batch.h);
    hidden(batch, random);
    batch.hs.set(batch.h);
    batch.hs.times(second.values, batch.zs);
    batch.zs.get(batch.z);
    probabilities(batch.z, batch.size);
    for (int b = 0; b < batch.size; b++) {
      float weight = weights[chosen[b]] / batch.size;
      for (int k = 0; k < outputs; k++) {
        int i = b * outputs + k;
        batch.z[i] = (batch.z[i] - targets[chosen[b] * outputs + k]) * weight;
      }
    }
    batch.zs.set(batch.z);
    batch.zs.timesTransposed(second.values, batch.dh);
    batch.hs.transposeTimes(batch.zs, second.gradient);
    second.update(batch.z, batch.size, rate, settings.decay());
    batch.dh.get(batch.h);
    float scale = (float) (1 / settings.keepOut());
    for (int i = 0; i < batch.h.length; i++) {
      batch.h[i] = batch.active[i] ? batch.h[i] * scale : 0;
    }
    batch.dh.set(batch.h);
    batch.xs.transposeTimes(batch.dh, first.gradient);
    first.update(batch.h, batch.size, rate, settings.decay());
  }

  private void dropInputs(float[] x, SplittableRandom random) {
    if (settings.keepIn() >= 1) {
      return;
    }
    float scale = (float) (1 / settings.keepIn());
    int limit = (int) (settings.keepIn() * 65536);
    for (int i = 0; i < x.length; i += 4) {
      long bits = random.nextLong();
      for (int j = i; j < Math.min(i + 4, x.length); j++) {
        x[j] = (bits & 0xffff) < limit ? x[j] * scale : 0;
        bits >>>= 16;
      }
    }
  }

  private void hidden(Batch batch, SplittableRandom random) {
    float scale = (float) (1 / settings.keepOut());
    int limit = (int) (settings.keepOut() * 65536);
    int width = settings.hidden();
    long bits = 0;
    for (int i = 0; i < batch.h.length; i++) {
      bits = (i & 3) == 0 ? random.nextLong() : bits >>> 16;
      float value = batch.h[i] + first.bias[i % width];
      batch.active[i] = value > 0 && (bits & 0xffff) < limit;
      batch.h[i] = batch.active[i] ? value * scale : 0;
    }
  }

  private void probabilities(float[] z, int rows) {
    for (int r = 0; r < rows; r++) {
      int from = r * outputs;
      for (int k = 0; k < outputs; k++) {
        z[from + k] += second.bias[k];
      }
      if (multiLabel) {
        for (int k = from; k < from + outputs; k++) {
          z[k] = (float) (1 / (1 + Math.exp(-z[k])));
        }
      } else {
        softmax(z, from, outputs);
      }
    }
  }

  static void softmax(float[] z, int from, int count) {
    float top = Float.NEGATIVE_INFINITY;
    for (int k = from; k < from + count; k++) {
      top = Math.max(top, z[k]);
    }
    double sum = 0;
    for (int k = from; k < from + count; k++) {
      z[k] = (float) Math.exp(z[k] - top);
      sum += z[k];
    }
    for (int k = from; k < from + count; k++) {
      z[k] /= (float) sum;
    }
  }

  /**
   * Adds this network's probabilities, averaged over the item and its mirror image.
   *
   * @param items rows of the features
   * @param into items.length × outputs, added to with the given weight
   */
  void addProbabilities(FeatureMatrix features, int[] items, float weight, float[] into) {
    boolean mirrored = features.antisymmetricFrom() < inputs;
    int size = 1024;
    Batch batch = new Batch(size);
    for (int from = 0; from < items.length; from += size) {
      int count = Math.min(size, items.length - from);
      for (int i = 0; i < count; i++) {
        features.read(items[from + i], batch.x, i * inputs);
      }
      forward(batch, mirrored ? weight / 2 : weight, into, from, count);
      if (mirrored) {
        for (int i = 0; i < count; i++) {
          for (int j = features.antisymmetricFrom(); j < inputs; j++) {
            batch.x[i * inputs + j] = -batch.x[i * inputs + j];
          }
        }
        forward(batch, weight / 2, into, from, count);
      }
    }
    batch.close();
  }

  private void forward(Batch batch, float weight, float[] into, int from, int count) {
    batch.xs.set(batch.x);
    batch.xs.times(first.values, batch.hs);
    batch.hs.get(batch.h);
    int width = settings.hidden();
    for (int r = 0; r < batch.size; r++) {
      for (int j = 0; j < width; j++) {
        batch.h[r * width + j] = Math.max(0, batch.h[r * width + j] + first.bias[j]);
      }
    }
    batch.hs.set(batch.h);
    batch.hs.times(second.values, batch.zs);
    batch.zs.get(batch.z);
    probabilities(batch.z, batch.size);
    for (int i = 0; i < count * outputs; i++) {
      into[from * outputs + i] += weight * batch.z[i];
    }
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  Layer first() {
    return first;
  }

  Layer second() {
    return second;
  }

  void close() {
    first.close();
    second.close();
  }
}
