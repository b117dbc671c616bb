package org.atelier.learning.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.atelier.learning.feature.FeatureMatrix;
import org.atelier.learning.numeric.ReachableExecutioner;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A DL4J network with one hidden layer on precomputed features, trained with dropout, soft targets,
 * a weight per row and mirrored views.
 *
 * <p>Not thread-safe.
 */
final class DenseNetwork {
  static {
    ReachableExecutioner.use();
  }

  private static final int SCORED_AT_ONCE = 1024;
  private static final double RATE = 2e-3;
  private static final double DECAY = 1e-4;
  private static final double KEPT_INPUTS = 0.6;
  private static final double KEPT_UNITS = 0.5;

  /**
   * How to train.
   *
   * @param hidden units of the hidden layer
   * @param batch rows per step
   * @param epochs passes over the rows
   */
  record Settings(int hidden, int batch, int epochs) {}

  private final int inputs;
  private final int outputs;
  private final MultiLayerNetwork network;

  private DenseNetwork(int inputs, int outputs, MultiLayerNetwork network) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.network = network;
  }

  /**
   * Trains a new network.
   *
   * @param items rows of the features, one per example
   * @param targets examples × outputs, wanted probabilities
   * @param weights one per example, at least 0
   */
  static DenseNetwork train(
      Settings settings,
      FeatureMatrix features,
      int[] items,
      float[] targets,
      float[] weights,
      boolean multiLabel,
      SplittableRandom random) {
    int outputs = targets.length / items.length;
    int size = Math.min(settings.batch(), items.length);
    int steps = (int) Math.max(1, (long) settings.epochs() * items.length / size);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            configuration(
                settings, features.columns(), outputs, multiLabel, steps, random.nextLong()));
    network.init();
    DenseNetwork trained = new DenseNetwork(features.columns(), outputs, network);
    int[] order = new int[items.length];
    java.util.Arrays.setAll(order, i -> i);
    int at = order.length;
    float[] x = new float[size * features.columns()];
    float[] y = new float[size * outputs];
    float[] w = new float[size];
    // Written anew every step: arrays made anew would wait for the collector outside the heap.
    INDArray input = rows(x, size);
    INDArray wanted = rows(y, size);
    INDArray counted = rows(w, size);
    for (int step = 0; step < steps; step++) {
      for (int b = 0; b < size; b++) {
        if (at == order.length) {
          shuffle(order, random);
          at = 0;
        }
        int example = order[at++];
        trained.view(features, items[example], x, b * features.columns(), random);
        System.arraycopy(targets, example * outputs, y, b * outputs, outputs);
        w[b] = weights[example];
      }
      fill(input, x);
      fill(wanted, y);
      fill(counted, w);
      network.fit(input, wanted, null, counted);
    }
    input.close();
    wanted.close();
    counted.close();
    return trained;
  }

  private static MultiLayerConfiguration configuration(
      Settings settings, int inputs, int outputs, boolean multiLabel, int steps, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(DataType.FLOAT)
        .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, RATE, 1, steps + 1)))
        .weightDecay(DECAY, false)
        .list()
        .layer(
            new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(settings.hidden())
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .dropOut(KEPT_INPUTS)
                .build())
        .layer(
            new OutputLayer.Builder(multiLabel ? LossFunction.XENT : LossFunction.MCXENT)
                .nIn(settings.hidden())
                .nOut(outputs)
                .weightInit(WeightInit.XAVIER)
                .activation(multiLabel ? Activation.SIGMOID : Activation.SOFTMAX)
                .dropOut(KEPT_UNITS)
                .build())
        .build();
  }

  private void view(
      FeatureMatrix features, int item, float[] into, int offset, SplittableRandom random) {
    features.read(item, into, offset);
    if (features.antisymmetricFrom() < inputs && random.nextBoolean()) {
      mirror(features, into, offset);
    }
  }

  private void mirror(FeatureMatrix features, float[] into, int offset) {
    for (int j = offset + features.antisymmetricFrom(); j < offset + inputs; j++) {
      into[j] = -into[j];
    }
  }

  private static void fill(INDArray array, float[] values) {
    array.data().asNioFloat().put(values, 0, values.length);
  }

  private static INDArray rows(float[] values, int rows) {
    return Nd4j.create(values, new long[] {rows, values.length / rows}, 'c');
  }

  /**
   * Adds this network's probabilities, averaged over the item and its mirror image.
   *
   * @param items rows of the features
   * @param into items.length × outputs
   */
  void addProbabilities(FeatureMatrix features, int[] items, float[] into) {
    boolean mirrored = features.antisymmetricFrom() < inputs;
    for (int from = 0; from < items.length; from += SCORED_AT_ONCE) {
      int count = Math.min(SCORED_AT_ONCE, items.length - from);
      float[] x = new float[count * inputs];
      for (int i = 0; i < count; i++) {
        features.read(items[from + i], x, i * inputs);
      }
      forward(x, count, mirrored ? 0.5f : 1, into, from);
      if (mirrored) {
        for (int i = 0; i < count; i++) {
          mirror(features, x, i * inputs);
        }
        forward(x, count, 0.5f, into, from);
      }
    }
  }

  private void forward(float[] x, int count, float weight, float[] into, int from) {
    INDArray input = rows(x, count);
    INDArray output = network.output(input, false);
    INDArray ordered = output.dup('c');
    float[] p = ordered.data().asFloat();
    input.close();
    output.close();
    ordered.close();
    for (int i = 0; i < count * outputs; i++) {
      into[from * outputs + i] += weight * p[i];
    }
  }

  /** The network as a DL4J model file (a ZIP), without the state of its training. */
  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(network, bytes, false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static DenseNetwork decode(byte[] encoded) {
    try {
      MultiLayerNetwork network =
          ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(encoded), false);
      int inputs = (int) network.getLayer(0).getParam("W").size(0);
      return new DenseNetwork(
          inputs, (int) network.getOutputLayer().getParam("W").size(1), network);
    } catch (IOException | RuntimeException damaged) {
      throw new IllegalArgumentException("this is no stored network", damaged);
    }
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
