package org.atelier.learning.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.atelier.learning.feature.FeatureMatrix;
import org.atelier.learning.sampling.Pool;

/**
 * An ensemble of dense networks on precomputed features, each member blind to one fold of the
 * examples (so that held-out probabilities cost nothing extra), then trained on with its own sure
 * predictions for the rest of the pool.
 *
 * <p>Source of self-training: Lee (2013), "Pseudo-Label", ICML workshop; of cross-validated
 * ensembles: Krogh and Vedelsby (1995), NIPS. Deviation: soft targets at a low weight.
 */
public final class DenseLearner implements Learner {
  /**
   * How to learn.
   *
   * @param members networks, each blind to 1/members of the examples, at least 2
   * @param hidden units of the hidden layer
   * @param examplePasses how often each example is seen in all
   * @param poolWeight weight of a pool item beside an example's 1 in the second stage; 0 leaves the
   *     second stage out
   * @param poolSample pool items used in the second stage
   */
  public record Settings(
      int members, int hidden, int examplePasses, float poolWeight, int poolSample) {
    /** The measured default, see docs/benchmarks-learning.md. */
    public static Settings standard() {
      return new Settings(4, 512, 30, 0.3f, 20_000);
    }
  }

  private final FeatureMatrix features;
  private final Settings settings;

  public DenseLearner(FeatureMatrix features, Settings settings) {
    if (settings.members() < 2) {
      throw new IllegalArgumentException("at least two members are needed");
    }
    this.features = features;
    this.settings = settings;
  }

  @Override
  public Pool.Vectors vectors() {
    return features;
  }

  @Override
  public String description() {
    return "dense heads ×" + settings.members() + " on " + features.columns() + " features";
  }

  @Override
  public Scores learn(Examples examples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int members = Math.min(settings.members(), examples.size());
    int[] fold = folds(examples.size(), members, random);
    int[] all = new int[features.rows()];
    Arrays.setAll(all, i -> i);
    float[] pool = new float[all.length * examples.classes()];
    float[] heldOut = new float[examples.size() * examples.classes()];
    float[] targets = examples.targets();
    for (int m = 0; m < members; m++) {
      int member = m;
      int[] seen = positions(fold, f -> f != member);
      int[] unseen = positions(fold, f -> f == member);
      DenseNetwork network = member(examples, targets, seen, random.split());
      network.addProbabilities(features, all, 1f / members, pool);
      float[] own = new float[unseen.length * examples.classes()];
      network.addProbabilities(features, pick(examples.items(), unseen), 1, own);
      for (int i = 0; i < unseen.length; i++) {
        System.arraycopy(
            own,
            i * examples.classes(),
            heldOut,
            unseen[i] * examples.classes(),
            examples.classes());
      }
      network.close();
    }
    return new Scores(examples.classes(), examples.multiLabel(), pool, heldOut);
  }

  private DenseNetwork member(
      Examples examples, float[] targets, int[] seen, SplittableRandom random) {
    int k = examples.classes();
    int[] items = pick(examples.items(), seen);
    float[] wanted = pickRows(targets, seen, k);
    float[] weights = new float[items.length];
    Arrays.fill(weights, 1);
    int batch = items.length < 1000 ? 64 : 128;
    DenseNetwork.Settings training =
        new DenseNetwork.Settings(
            settings.hidden(), batch, epochs(items.length), 2e-3, 0.1, 0.6, 0.5);
    DenseNetwork network =
        new DenseNetwork(training, features.columns(), k, examples.multiLabel(), random);
    network.train(features, items, wanted, weights, random);
    if (settings.poolWeight() > 0) {
      return withPool(network, examples, items, wanted, random);
    }
    return network;
  }

  /** Small sets need more passes to get as many steps. */
  private int epochs(int count) {
    return settings.examplePasses() * Math.max(1, Math.min(4, 3000 / Math.max(1, count)));
  }

  private DenseNetwork withPool(
      DenseNetwork first, Examples examples, int[] items, float[] wanted, SplittableRandom random) {
    int k = examples.classes();
    int[] others = others(examples.items(), random);
    float[] guesses = new float[others.length * k];
    first.addProbabilities(features, others, 1, guesses);
    first.close();
    // Every example comes as often as the pool allows it to keep its say.
    int copies = Math.max(1, Math.min(8, others.length / Math.max(1, 2 * items.length)));
    int total = items.length * copies + others.length;
    int[] rows = new int[total];
    float[] targets = new float[total * k];
    float[] weights = new float[total];
    for (int c = 0; c < copies; c++) {
      System.arraycopy(items, 0, rows, c * items.length, items.length);
      System.arraycopy(wanted, 0, targets, c * wanted.length, wanted.length);
    }
    Arrays.fill(weights, 0, items.length * copies, 1);
    System.arraycopy(others, 0, rows, items.length * copies, others.length);
    System.arraycopy(guesses, 0, targets, items.length * copies * k, guesses.length);
    Arrays.fill(weights, items.length * copies, total, settings.poolWeight());
    int epochs = Math.max(2, (int) Math.round(settings.examplePasses() * 0.5 / copies));
    DenseNetwork.Settings training =
        new DenseNetwork.Settings(settings.hidden(), 256, epochs, 2e-3, 0.1, 0.6, 0.5);
    DenseNetwork second =
        new DenseNetwork(training, features.columns(), k, examples.multiLabel(), random);
    second.train(features, rows, targets, weights, random);
    return second;
  }

  private int[] others(int[] labelled, SplittableRandom random) {
    boolean[] taken = new boolean[features.rows()];
    for (int item : labelled) {
      taken[item] = true;
    }
    int[] free = new int[features.rows() - labelled.length];
    int count = 0;
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        free[count++] = i;
      }
    }
    int wanted = Math.min(count, settings.poolSample());
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(count - i);
      int swap = free[i];
      free[i] = free[j];
      free[j] = swap;
    }
    return Arrays.copyOf(free, wanted);
  }

  static int[] folds(int count, int members, SplittableRandom random) {
    int[] fold = new int[count];
    Arrays.setAll(fold, i -> i % members);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = fold[i];
      fold[i] = fold[j];
      fold[j] = swap;
    }
    return fold;
  }

  static int[] positions(int[] fold, java.util.function.IntPredicate wanted) {
    return java.util.stream.IntStream.range(0, fold.length)
        .filter(i -> wanted.test(fold[i]))
        .toArray();
  }

  private static int[] pick(int[] values, int[] positions) {
    return Arrays.stream(positions).map(i -> values[i]).toArray();
  }

  private static float[] pickRows(float[] rows, int[] positions, int width) {
    float[] picked = new float[positions.length * width];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(rows, positions[i] * width, picked, i * width, width);
    }
    return picked;
  }
}
