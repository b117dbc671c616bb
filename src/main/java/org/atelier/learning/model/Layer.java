package org.atelier.learning.model;

import java.util.SplittableRandom;
import org.atelier.learning.numeric.Matrix;

/** Weights of a dense layer with their Adam moments. */
final class Layer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;

  final int inputs;
  final int outputs;
  final Matrix values;
  final Matrix gradient;
  final float[] bias;
  private final float[] weights;
  private final float[] slope;
  private final float[] first;
  private final float[] second;
  private final float[] biasFirst;
  private final float[] biasSecond;
  private int steps;

  Layer(int inputs, int outputs, double deviation, SplittableRandom random) {
    this.inputs = inputs;
    this.outputs = outputs;
    weights = new float[inputs * outputs];
    double width = deviation * Math.sqrt(3);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((2 * random.nextDouble() - 1) * width);
    }
    values = Matrix.of(weights, inputs, outputs);
    gradient = Matrix.allocate(inputs, outputs);
    slope = new float[weights.length];
    first = new float[weights.length];
    second = new float[weights.length];
    bias = new float[outputs];
    biasFirst = new float[outputs];
    biasSecond = new float[outputs];
  }

  float[] weights() {
    return weights;
  }

  /** Applies {@link #gradient}; the bias gradient is the column sum of {@code output}. */
  void update(float[] output, int rows, double rate, double decay) {
    steps++;
    gradient.get(slope);
    double unbias = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    adam(weights, slope, first, second, (float) (rate * unbias), (float) (rate * decay));
    values.set(weights);
    float[] sums = new float[outputs];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < outputs; k++) {
        sums[k] += output[r * outputs + k];
      }
    }
    adam(bias, sums, biasFirst, biasSecond, (float) (rate * unbias), 0);
  }

  private static void adam(
      float[] values, float[] slope, float[] first, float[] second, float rate, float decay) {
    for (int i = 0; i < values.length; i++) {
      float g = slope[i];
      float m = BETA1 * first[i] + (1 - BETA1) * g;
      float v = BETA2 * second[i] + (1 - BETA2) * g * g;
      first[i] = m;
      second[i] = v;
      values[i] -= rate * m / ((float) Math.sqrt(v) + 1e-8f) + decay * values[i];
    }
  }

  void close() {
    values.close();
    gradient.close();
  }
}
