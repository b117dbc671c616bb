package org.atelier.learning.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.atelier.learning.feature.FeatureMatrix;
import org.atelier.learning.numeric.Matrix;
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
   * @param passes how often each example is seen in a thorough training; a quick one takes a
   *     quarter of them, without the second stage
   * @param poolWeight weight of a pool item beside an example's 1 in the second stage; 0 leaves the
   *     second stage out
   * @param poolSample pool items used in the second stage
   */
  public record Settings(int members, int hidden, int passes, float poolWeight, int poolSample) {
    /** The measured default, see docs/benchmarks-learning.md. */
    public static Settings standard() {
      return new Settings(4, 256, 60, 0.3f, 10_000);
    }

    int passes(Effort effort) {
      return effort == Effort.THOROUGH ? passes : Math.max(1, passes / 4);
    }
  }

  /** Below so many items thorough training takes seconds, and quick rounds mislead the loop. */
  private static final int SMALL_POOL = 5_000;

  private final FeatureMatrix features;
  private final Settings settings;
  private byte[] model = new byte[0];

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
  public Scores learn(Examples examples, long seed, Effort wished) {
    Effort effort = features.rows() <= SMALL_POOL ? Effort.THOROUGH : wished;
    SplittableRandom random = new SplittableRandom(seed);
    int members = Math.min(settings.members(), examples.size());
    int[] fold = folds(examples.size(), members, random);
    SplittableRandom[] chances = new SplittableRandom[members];
    Arrays.setAll(chances, m -> random.split());
    Matrix.oneThreadPerProduct();
    Member[] trained = new Member[members];
    IntStream.range(0, members)
        .parallel()
        .forEach(m -> trained[m] = member(examples, fold, m, chances[m], effort));
    int k = examples.classes();
    float[] pool = new float[features.rows() * k];
    float[] heldOut = new float[examples.size() * k];
    for (Member member : trained) {
      for (int i = 0; i < pool.length; i++) {
        pool[i] += member.pool()[i] / members;
      }
      for (int i = 0; i < member.unseen().length; i++) {
        System.arraycopy(member.heldOut(), i * k, heldOut, member.unseen()[i] * k, k);
      }
    }
    model = zip(trained);
    return new Scores(k, examples.multiLabel(), pool, heldOut);
  }

  private static byte[] zip(Member[] members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int m = 0; m < members.length; m++) {
        ZipEntry entry = new ZipEntry("member-" + m + ".zip");
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(members[m].model());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @Override
  public byte[] encode() {
    return model.clone();
  }

  @Override
  public float[] probabilities(byte[] encoded) {
    Matrix.oneThreadPerProduct();
    List<DenseNetwork> networks = unzip(encoded);
    int[] all = new int[features.rows()];
    Arrays.setAll(all, i -> i);
    int k = networks.get(0).outputs();
    float[] pool = new float[all.length * k];
    for (DenseNetwork network : networks) {
      if (network.inputs() != features.columns() || network.outputs() != k) {
        throw new IllegalArgumentException(
            "the model reads %d features, the items have %d"
                .formatted(network.inputs(), features.columns()));
      }
      float[] own = new float[pool.length];
      network.addProbabilities(features, all, own);
      for (int i = 0; i < pool.length; i++) {
        pool[i] += own[i] / networks.size();
      }
    }
    return pool;
  }

  private static List<DenseNetwork> unzip(byte[] encoded) {
    List<DenseNetwork> networks = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(encoded))) {
      while (zip.getNextEntry() != null) {
        networks.add(DenseNetwork.decode(zip.readAllBytes()));
      }
    } catch (IOException damaged) {
      throw new IllegalArgumentException("this is no stored ensemble", damaged);
    }
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("this is no stored ensemble");
    }
    return networks;
  }

  private record Member(float[] pool, int[] unseen, float[] heldOut, byte[] model) {}

  private Member member(
      Examples examples, int[] fold, int number, SplittableRandom random, Effort effort) {
    int[] seen = positions(fold, f -> f != number);
    int[] unseen = positions(fold, f -> f == number);
    DenseNetwork network = network(examples, examples.targets(), seen, random, effort);
    int[] all = new int[features.rows()];
    Arrays.setAll(all, i -> i);
    float[] pool = new float[all.length * examples.classes()];
    network.addProbabilities(features, all, pool);
    float[] own = new float[unseen.length * examples.classes()];
    network.addProbabilities(features, pick(examples.items(), unseen), own);
    return new Member(pool, unseen, own, network.encode());
  }

  private DenseNetwork network(
      Examples examples, float[] targets, int[] seen, SplittableRandom random, Effort effort) {
    int k = examples.classes();
    int[] items = pick(examples.items(), seen);
    float[] wanted = pickRows(targets, seen, k);
    float[] weights = new float[items.length];
    Arrays.fill(weights, 1);
    int passes = settings.passes(effort);
    int batch = items.length < 1000 ? 64 : 256;
    DenseNetwork.Settings training =
        new DenseNetwork.Settings(settings.hidden(), batch, epochs(passes, items.length));
    DenseNetwork network =
        DenseNetwork.train(
            training, features, items, wanted, weights, examples.multiLabel(), random);
    return settings.poolWeight() > 0 && effort == Effort.THOROUGH
        ? withPool(network, examples, items, wanted, passes, random)
        : network;
  }

  /** Small sets need more passes to get as many steps. */
  private static int epochs(int passes, int count) {
    return passes * Math.max(1, Math.min(4, 2000 / Math.max(1, count)));
  }

  private DenseNetwork withPool(
      DenseNetwork first,
      Examples examples,
      int[] items,
      float[] wanted,
      int passes,
      SplittableRandom random) {
    int k = examples.classes();
    int[] others = others(examples.items(), random);
    float[] guesses = new float[others.length * k];
    first.addProbabilities(features, others, guesses);
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
    int epochs = Math.max(2, (int) Math.round(passes * 0.5 / copies));
    return DenseNetwork.train(
        new DenseNetwork.Settings(settings.hidden(), 256, epochs),
        features,
        rows,
        targets,
        weights,
        examples.multiLabel(),
        random);
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
