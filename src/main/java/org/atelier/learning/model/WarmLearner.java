package org.atelier.learning.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.atelier.learning.sampling.Pool;

/**
 * A learner that starts from an earlier model: what its own model and the earlier one say of an
 * item is averaged, (1 − w) · own + w · earlier. The weight w is the multiple of 1/20 under which
 * the examples' labels are most likely, own predictions held out; it falls by itself as the own
 * model gets better. A linear opinion pool (Stone 1961, doi:10.1214/aoms/1177704873).
 *
 * <p>Examples the earlier model may have been trained on say nothing about it: they are left out of
 * the choice of w, and their held-out probabilities are the own model's alone. Below {@value
 * #LEAST} other examples w is one half; when every example is such a one, w is 0.
 */
public final class WarmLearner implements Learner {

  private static final byte[] MAGIC = "ATLMIX01".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 8 + 8 + 4;
  private static final int LEAST = 10;
  private static final int STEPS = 20;
  private static final double FLOOR = 1e-6;

  private final Learner own;
  private final byte[] earlier;
  private final BitSet seen;
  private final float[] before;
  private double weight;

  /**
   * Prepares a learner.
   *
   * @param own learns anew every time
   * @param earlier encoded model, over features of the same kind
   * @param seen items the earlier model may have been trained on
   * @throws IllegalArgumentException when the model does not fit the own learner's features
   */
  public WarmLearner(Learner own, byte[] earlier, BitSet seen) {
    this.own = own;
    this.earlier = earlier.clone();
    this.seen = (BitSet) seen.clone();
    this.before = said(own, earlier);
  }

  /** Weight of the earlier model in the newest one, 0 to 1; 0 before the first. */
  public double weight() {
    return weight;
  }

  @Override
  public Scores learn(Examples examples, long seed, Effort effort) {
    Scores scores = own.learn(examples, seed, effort);
    if (before.length != scores.pool().length) {
      throw new IllegalArgumentException("the earlier model has another number of classes");
    }
    weight = choose(examples, scores);
    float[] pool = mixed(scores.pool(), before, weight);
    float[] heldOut = scores.heldOut().clone();
    int k = examples.classes();
    for (int i = 0; i < examples.size(); i++) {
      int item = examples.items()[i];
      for (int c = 0; c < k && !seen.get(item); c++) {
        heldOut[i * k + c] = mix(heldOut[i * k + c], before[item * k + c], weight);
      }
    }
    return new Scores(k, examples.multiLabel(), pool, heldOut);
  }

  private double choose(Examples examples, Scores scores) {
    int[] fresh = new int[examples.size()];
    int count = 0;
    for (int i = 0; i < fresh.length; i++) {
      if (!seen.get(examples.items()[i])) {
        fresh[count++] = i;
      }
    }
    if (count < LEAST) {
      return count == 0 ? 0 : 0.5;
    }
    double best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int step = 0; step <= STEPS; step++) {
      double w = step / (double) STEPS;
      double likelihood = 0;
      for (int i = 0; i < count; i++) {
        likelihood += likelihood(examples, scores, fresh[i], w);
      }
      if (likelihood > most) {
        most = likelihood;
        best = w;
      }
    }
    return best;
  }

  private double likelihood(Examples examples, Scores scores, int i, double w) {
    int k = examples.classes();
    int item = examples.items()[i];
    int[] label = examples.labels()[i];
    double sum = 0;
    for (int c = 0; c < k; c++) {
      boolean is = Arrays.binarySearch(label, c) >= 0;
      if (is || examples.multiLabel()) {
        double p = mix(scores.heldOut()[i * k + c], before[item * k + c], w);
        sum += Math.log(Math.max(FLOOR, is ? p : 1 - p));
      }
    }
    return sum;
  }

  private static float mix(float own, float earlier, double w) {
    return (float) ((1 - w) * own + w * earlier);
  }

  private static float[] mixed(float[] own, float[] earlier, double w) {
    float[] mixed = new float[own.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = mix(own[i], earlier[i], w);
    }
    return mixed;
  }

  @Override
  public Pool.Vectors vectors() {
    return own.vectors();
  }

  /** The mark, the weight, the length of the own model, the own model, the earlier one. */
  @Override
  public byte[] encode() {
    byte[] mine = own.encode();
    return ByteBuffer.allocate(HEADER + mine.length + earlier.length)
        .put(MAGIC)
        .putDouble(weight)
        .putInt(mine.length)
        .put(mine)
        .put(earlier)
        .array();
  }

  @Override
  public float[] probabilities(byte[] encoded) {
    return said(own, encoded);
  }

  /**
   * What an encoded model says of every item of a learner, whether it is averaged or plain.
   *
   * @param plain a learner that is not averaged
   */
  public static float[] said(Learner plain, byte[] encoded) {
    boolean averaged =
        encoded.length >= HEADER && Arrays.equals(encoded, 0, 8, MAGIC, 0, MAGIC.length);
    if (!averaged) {
      return plain.probabilities(encoded);
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded, MAGIC.length, encoded.length - MAGIC.length);
    double w = bytes.getDouble();
    byte[] mine = new byte[bytes.getInt()];
    bytes.get(mine);
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return mixed(said(plain, mine), said(plain, rest), w);
  }

  @Override
  public String description() {
    return "%s, averaged with an earlier job's model at weight %.2f"
        .formatted(own.description(), weight);
  }
}
