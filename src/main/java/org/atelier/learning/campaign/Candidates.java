package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.atelier.learning.certify.EarlyDesign;

/**
 * Open items by rising error probability, with what an audit of the surest of them would cost.
 *
 * <p>The cost is that of a growth-optimal betting test: about 2 ln(1/δ) (mean √(e(1−e)))² / gap²
 * draws, where gap is the distance between the allowed and the expected error rate (package {@code
 * certify}).
 *
 * @param items open items, surest first
 * @param errors estimated error probability of each, ascending
 */
record Candidates(int[] items, double[] errors) {
  private static final int GRID = 400;
  private static final double UNSURE = 0.3;

  /** By what part of the open items the candidates may grow from one model to the next. */
  private static final double GROWTH = 0.1;

  /**
   * The most promising size.
   *
   * @param size candidates to audit
   * @param draws expected draws
   */
  record Forecast(int size, int draws) {
    /** Machine labels expected in the end. */
    int labels() {
      return Math.max(0, size - draws);
    }
  }

  static Candidates of(int[] items, double[] errors) {
    long[] keys = new long[items.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) Float.floatToIntBits((float) errors[i]) << 32) | i;
    }
    Arrays.sort(keys);
    int[] sorted = new int[items.length];
    double[] ascending = new double[items.length];
    for (int i = 0; i < keys.length; i++) {
      sorted[i] = items[(int) keys[i]];
      ascending[i] = errors[(int) keys[i]];
    }
    return new Candidates(sorted, ascending);
  }

  /**
   * Finds the size that leaves most machine labels after its audit.
   *
   * @param allowed share of errors allowed, 1 − τ
   * @param risk δ of the audit
   * @param affordable most draws
   * @return size 0 when none can be certified within the draws
   */
  Forecast forecast(double allowed, double risk, int affordable) {
    Forecast best = new Forecast(0, 0);
    double sum = 0;
    double deviation = 0;
    int next = Math.max(1, items.length / GRID);
    for (int s = 1; s <= items.length; s++) {
      double e = errors[s - 1];
      sum += e;
      deviation += Math.sqrt(e * (1 - e));
      if (s % next == 0 || s == items.length) {
        if (sum / s >= allowed) {
          break;
        }
        double draws = draws(s, sum / s, deviation / s, allowed, risk);
        if (draws <= affordable && s - draws > best.labels()) {
          best = new Forecast(s, (int) Math.ceil(draws));
        }
      }
    }
    return best;
  }

  private static double draws(
      int size, double error, double deviation, double allowed, double risk) {
    double gap = allowed - error;
    double raw = 2 * Math.log(1 / risk) * deviation * deviation / (gap * gap);
    double least = Math.max(raw, Math.log(1 / risk) / allowed);
    return least / (1 + least / size);
  }

  /**
   * Draws items the model is rather sure of, with chances by the deviation √(e(1 − e)).
   *
   * @param not items that must not be drawn
   */
  int[] explore(int count, int[] not, SplittableRandom random) {
    BitSet taken = new BitSet();
    Arrays.stream(not).forEach(taken::set);
    double[] sums = new double[items.length];
    double sum = 0;
    for (int i = 0; i < items.length; i++) {
      double e = errors[i];
      sum += e < UNSURE && !taken.get(items[i]) ? Math.sqrt(e * (1 - e)) : 0;
      sums[i] = sum;
    }
    int[] drawn = new int[count];
    int found = 0;
    for (int attempt = 0; attempt < 20 * count && found < count && sum > 0; attempt++) {
      int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
      int i = Math.min(items.length - 1, at < 0 ? -at - 1 : at + 1);
      if (!taken.get(items[i])) {
        taken.set(items[i]);
        drawn[found++] = items[i];
      }
    }
    return Arrays.copyOf(drawn, found);
  }

  /**
   * Kinds by which the items are drawn while the next model is found ({@link EarlyDesign}). A part
   * of the items behind the largest set is taken for candidates as well: the next model knows more.
   *
   * @param pool items of the pool
   * @param allowed share of errors allowed, 1 − τ
   * @param draws draws that an audit is expected to take
   * @param risk δ of the audit
   * @return by item of the pool; 0 for those that are not open
   */
  byte[] kinds(int pool, double allowed, int draws, double risk) {
    int candidates = sizeAt(allowed) + (int) (GROWTH * items.length);
    byte[] sorted = EarlyDesign.kinds(errors, candidates, draws, risk);
    byte[] kinds = new byte[pool];
    for (int i = 0; i < items.length; i++) {
      kinds[items[i]] = sorted[i];
    }
    return kinds;
  }

  /** Largest size whose mean error is at most {@code rate}. */
  int sizeAt(double rate) {
    double sum = 0;
    int size = 0;
    for (int s = 1; s <= items.length; s++) {
      sum += errors[s - 1];
      if (sum <= rate * s) {
        size = s;
      }
    }
    return size;
  }

  /** Estimated accuracy of the surest {@code size} items, 1 for none. */
  double accuracy(int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += errors[i];
    }
    return size == 0 ? 1 : 1 - sum / size;
  }

  /** The coverage curve at fifty sizes. */
  List<RoundReport.CurvePoint> curve() {
    List<RoundReport.CurvePoint> curve = new ArrayList<>();
    double sum = 0;
    int points = Math.min(50, items.length);
    int next = 1;
    for (int s = 1; s <= items.length; s++) {
      sum += errors[s - 1];
      if (s >= (long) next * items.length / points) {
        curve.add(new RoundReport.CurvePoint(s, 1 - sum / s));
        next++;
      }
    }
    return curve;
  }
}
