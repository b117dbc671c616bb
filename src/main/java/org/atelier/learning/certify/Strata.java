package org.atelier.learning.certify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Candidates ordered from the surest to the least sure and cut into strata; inside a stratum the
 * items lie in a seeded random order, which is the order in which an audit takes them. Immutable.
 *
 * <p>Stratum edges follow the cumulative square-root rule: every stratum holds about the same sum
 * of sqrt(p (1 - p)). Source: Dalenius, Hodges (1959), "Minimum variance stratification", JASA 54,
 * doi:10.1080/01621459.1959.10501501 (here applied to the predicted standard deviation instead of
 * the density).
 */
public final class Strata {
  /** Strata of a typical audit; more cost time, fewer cost draws. */
  public static final int TYPICAL = 24;

  static final double LEAST = 1e-4;
  static final double MOST = 0.95;

  private final int[] members;
  private final int[] starts;
  private final double[] predicted;
  private final String digest;

  private Strata(int[] members, int[] starts, double[] predicted, String digest) {
    this.members = members;
    this.starts = starts;
    this.predicted = predicted;
    this.digest = digest;
  }

  /**
   * Orders and cuts the candidates.
   *
   * @param errorProbability {@code double[N]}, predicted probability that the machine label of item
   *     i is wrong, each in [0, 1]; need not be calibrated (a poor prediction costs draws, never
   *     the guarantee); ties lie in index order before they are shuffled inside their stratum
   * @param nested sizes of the nested candidate sets, ascending, each in 1 .. N, the last N; every
   *     set consists of the surest items and ends at a stratum edge. Empty means one set of all N
   * @param strata wished number of strata over all, at least 1; fewer come back when there are
   *     fewer items than strata, and at least one for every nested set
   * @param seed seed of the order inside the strata
   * @return the strata; N = 0 gives no strata
   * @throws IllegalArgumentException when a probability is outside [0, 1] or the sizes do not
   *     ascend to N
   */
  public static Strata of(double[] errorProbability, List<Integer> nested, int strata, long seed) {
    return of(errorProbability, nested, strata, new byte[errorProbability.length], seed);
  }

  /**
   * As above, where no stratum holds items of different kinds: each stratum is cut further, its
   * kinds in ascending order.
   *
   * @param kinds {@code byte[N]}, the kind of each item, 0 to 127; all alike changes nothing
   */
  public static Strata of(
      double[] errorProbability, List<Integer> nested, int strata, byte[] kinds, long seed) {
    int n = errorProbability.length;
    int[] sizes = checkedSizes(nested, n);
    int[] order = ascending(errorProbability);
    int[] starts = edges(errorProbability, order, sizes, strata);
    for (int b = 0; b < starts.length - 1; b++) {
      shuffle(order, starts[b], starts[b + 1], seed);
    }
    starts = cutByKind(order, starts, kinds);
    double[] predicted = new double[starts.length - 1];
    for (int b = 0; b < predicted.length; b++) {
      double sum = 0;
      for (int i = starts[b]; i < starts[b + 1]; i++) {
        sum += errorProbability[order[i]];
      }
      double mean = sum / (starts[b + 1] - starts[b]);
      predicted[b] = Math.min(MOST, Math.max(LEAST, mean));
    }
    return new Strata(order, starts, predicted, digest(order, starts));
  }

  /** Returns the number of candidates. */
  public int population() {
    return members.length;
  }

  /** Returns the number of strata. */
  public int count() {
    return predicted.length;
  }

  /** Returns the number of candidates in each stratum, surest first. */
  public List<Integer> sizes() {
    Integer[] sizes = new Integer[count()];
    for (int b = 0; b < sizes.length; b++) {
      sizes[b] = starts[b + 1] - starts[b];
    }
    return List.of(sizes);
  }

  /** Returns the mean predicted error probability of each stratum, held in [0.0001, 0.95]. */
  public List<Double> predicted() {
    return Arrays.stream(predicted).boxed().toList();
  }

  /** Returns the items of the surest {@code strata} strata, in no meaningful order. */
  public int[] items(int strata) {
    return Arrays.copyOf(members, starts[strata]);
  }

  /** Returns the item that is drawn as number {@code rank} (from 0) of a stratum. */
  int item(int stratum, int rank) {
    return members[starts[stratum] + rank];
  }

  /** Returns the stratum of every item. */
  int[] stratumOfItems() {
    int[] strata = new int[members.length];
    for (int b = 0; b < count(); b++) {
      for (int i = starts[b]; i < starts[b + 1]; i++) {
        strata[members[i]] = b;
      }
    }
    return strata;
  }

  int end(int stratum) {
    return starts[stratum + 1];
  }

  /** Returns a SHA-256 over order and edges: equal exactly when resumed on the same candidates. */
  public String digest() {
    return digest;
  }

  private static int[] checkedSizes(List<Integer> nested, int n) {
    if (nested.isEmpty()) {
      return n == 0 ? new int[0] : new int[] {n};
    }
    int previous = 0;
    for (int size : nested) {
      if (size <= previous || size > n) {
        throw new IllegalArgumentException(
            "sizes of nested candidate sets must ascend from 1 to " + n + ": " + nested);
      }
      previous = size;
    }
    if (previous != n) {
      throw new IllegalArgumentException("the last nested candidate set must hold all " + n);
    }
    return nested.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] ascending(double[] p) {
    long[] keys = new long[p.length];
    for (int i = 0; i < p.length; i++) {
      if (!(p[i] >= 0 && p[i] <= 1)) {
        throw new IllegalArgumentException("error probability of item " + i + " is " + p[i]);
      }
      // non-negative floats sort like their bits
      keys[i] = ((long) Float.floatToIntBits((float) p[i]) << 32) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[p.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private static int[] edges(double[] p, int[] order, int[] sizes, int strata) {
    double total = 0;
    for (double each : p) {
      total += spread(each);
    }
    int[] found = new int[strata + sizes.length + 1];
    int count = 0;
    int nextSize = 0;
    double sum = 0;
    double wanted = total / strata;
    for (int i = 0; i < order.length; i++) {
      sum += spread(p[order[i]]);
      boolean setEnds = nextSize < sizes.length && i + 1 == sizes[nextSize];
      if (setEnds || (sum >= wanted && count + 1 < found.length - sizes.length + nextSize)) {
        found[++count] = i + 1;
        sum = setEnds ? 0 : sum - wanted;
      }
      if (setEnds) {
        nextSize++;
      }
    }
    return Arrays.copyOf(found, count + 1);
  }

  /** Sorts each stratum by kind, keeps the order inside of a kind, and cuts between kinds. */
  private static int[] cutByKind(int[] order, int[] starts, byte[] kinds) {
    int[] cut = new int[order.length + 1];
    int count = 0;
    int[] sorted = new int[order.length];
    for (int b = 0; b < starts.length - 1; b++) {
      int filled = starts[b];
      for (int kind = 0; kind <= Byte.MAX_VALUE && filled < starts[b + 1]; kind++) {
        int before = filled;
        for (int i = starts[b]; i < starts[b + 1]; i++) {
          if (kinds[order[i]] == kind) {
            sorted[filled++] = order[i];
          }
        }
        if (filled > before) {
          cut[count++] = before;
        }
      }
      if (filled < starts[b + 1]) {
        throw new IllegalArgumentException("kinds must not be negative");
      }
    }
    cut[count++] = order.length;
    System.arraycopy(sorted, 0, order, 0, order.length);
    return Arrays.copyOf(cut, count);
  }

  private static double spread(double p) {
    double held = Math.min(MOST, Math.max(LEAST, p));
    return Math.sqrt(held * (1 - held));
  }

  private static void shuffle(int[] order, int from, int to, long seed) {
    for (int i = to - 1; i > from; i--) {
      int j = from + SeededStream.index(~seed, i, i - from + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  private static String digest(int[] order, int[] starts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(4 * (order.length + starts.length));
      for (int start : starts) {
        buffer.putInt(start);
      }
      for (int item : order) {
        buffer.putInt(item);
      }
      return HexFormat.of().formatHex(sha.digest(buffer.array()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
