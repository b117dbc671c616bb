package org.atelier.learning.certify;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What people were given in a replay by a model older than the one whose labels are audited. */
final class OlderModel {

  private OlderModel() {}

  /** The first of what is drawn before the candidates are known. */
  static List<Integer> first(byte[] kinds, int count, int seed) {
    return Arrays.stream(EarlyDesign.order(kinds, count, ~seed)).boxed().toList();
  }

  /** By an older model that takes all for candidates and expects an audit of 1,000 draws. */
  static byte[] kinds(double[] older, double risk) {
    Integer[] order = new Integer[older.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> older[i]));
    double[] errors = Arrays.stream(order).mapToDouble(i -> older[i]).toArray();
    byte[] sorted = EarlyDesign.kinds(errors, older.length, 1_000, risk);
    byte[] kinds = new byte[older.length];
    for (int i = 0; i < order.length; i++) {
      kinds[order[i]] = sorted[i];
    }
    return kinds;
  }
}
