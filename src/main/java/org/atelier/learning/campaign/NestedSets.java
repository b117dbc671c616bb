package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * The nested candidate sets of one audit, by the number of the surest candidates each holds.
 *
 * <p>The hoped-for set promises most labels. Sets close below it and larger ones above it share the
 * risk: the machine may turn out a little worse or much better than expected. Of few candidates an
 * audit asks about a great part, and every further set costs draws that nobody has: there a single
 * smaller one with half of the risk catches a machine that turns out worse.
 *
 * @param sizes sizes, ascending
 * @param shares part of the risk of each, their sum 1
 * @param hoped index of the hoped-for set
 */
record NestedSets(List<Integer> sizes, List<Double> shares, int hoped) {
  /** Hoped-for candidate set: its expected error in parts of the allowed one. */
  private static final double HOPED = 0.65;

  /** Larger sets, likewise, for when the machine turns out better than expected. */
  private static final double[] LARGER = {0.8, 1.0};

  /** Smaller sets, for when it turns out worse, as parts of the hoped-for one. */
  private static final double[] SMALLER = {0.88, 0.95};

  /** The smaller set of few candidates. */
  private static final double MUCH_SMALLER = 0.8;

  /** Below so many hoped-for candidates they are few. */
  private static final int FEW = 3_000;

  /** What the hoped-for set gets of an audit's risk; the others share the rest. */
  static final double USUAL_SHARE = 0.4;

  static final int LEAST = 50;

  /**
   * Chooses the sets. One below {@value #LEAST} candidates, or hardly larger than the one before,
   * is left out.
   *
   * @param allowed share of errors allowed
   * @param promising size that promises most labels
   */
  static NestedSets of(Candidates candidates, double allowed, int promising) {
    int safe = candidates.sizeAt(HOPED * allowed);
    int hoped = 2 * safe < promising ? promising : safe;
    return hoped < FEW ? wide(hoped) : close(candidates, allowed, hoped);
  }

  /** Sets of few candidates. */
  static NestedSets wide(int hoped) {
    int smaller = (int) (MUCH_SMALLER * hoped);
    return smaller < LEAST
        ? new NestedSets(List.of(hoped), List.of(1.0), 0)
        : new NestedSets(List.of(smaller, hoped), List.of(0.5, 0.5), 1);
  }

  /** Sets of many candidates. */
  static NestedSets close(Candidates candidates, double allowed, int hoped) {
    List<Integer> sizes = new ArrayList<>();
    for (double part : SMALLER) {
      int smaller = (int) (part * hoped);
      if (smaller >= LEAST) {
        sizes.add(smaller);
      }
    }
    int index = sizes.size();
    sizes.add(hoped);
    for (double part : LARGER) {
      int larger = candidates.sizeAt(part * allowed);
      if (larger - sizes.get(sizes.size() - 1) >= candidates.items().length / 50.0) {
        sizes.add(larger);
      }
    }
    List<Double> shares = new ArrayList<>();
    int others = sizes.size() - 1;
    for (int j = 0; j < sizes.size(); j++) {
      shares.add(others == 0 ? 1 : j == index ? USUAL_SHARE : (1 - USUAL_SHARE) / others);
    }
    return new NestedSets(sizes, shares, index);
  }

  /** Returns the size of the hoped-for set. */
  int hopedSize() {
    return sizes.get(hoped);
  }

  /** Returns the size of the largest set. */
  int largest() {
    return sizes.get(sizes.size() - 1);
  }

  /** Returns the risk of each set when the audit has so much. */
  List<Double> risks(double risk) {
    return shares.stream().map(share -> share * risk).toList();
  }
}
