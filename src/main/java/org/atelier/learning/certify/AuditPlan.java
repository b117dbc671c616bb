package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.List;

/**
 * What one audit is about: strata, nested candidate sets ("rungs"), target, seed. Plain data, fit
 * for JSON.
 *
 * @param target accuracy the remaining machine labels must have, in [0, 1]
 * @param seed seed of the draws
 * @param sizes candidates per stratum, surest first
 * @param predicted predicted error probability per stratum, in (0, 1)
 * @param rungs nested candidate sets, smallest first, the last holding all strata; each with its
 *     own share of the risk. At most one is accepted in the end
 * @param digest {@link Strata#digest()} of the candidates
 */
public record AuditPlan(
    double target,
    long seed,
    List<Integer> sizes,
    List<Double> predicted,
    List<Rung> rungs,
    String digest) {

  /**
   * A nested candidate set.
   *
   * @param strata number of strata it holds, surest first, at least 1
   * @param riskShare probability with which it may be certified wrongly, in (0, 1)
   */
  public record Rung(int strata, double riskShare) {}

  /** Checks and copies. */
  public AuditPlan {
    sizes = List.copyOf(sizes);
    predicted = List.copyOf(predicted);
    rungs = List.copyOf(rungs);
    if (!(target >= 0 && target <= 1)) {
      throw new IllegalArgumentException("target must be in [0, 1]: " + target);
    }
    if (sizes.size() != predicted.size()) {
      throw new IllegalArgumentException("one prediction for every stratum");
    }
    int previous = 0;
    for (Rung rung : rungs) {
      if (rung.strata() <= previous || rung.strata() > sizes.size()) {
        throw new IllegalArgumentException("nested candidate sets must grow: " + rungs);
      }
      if (!(rung.riskShare() > 0 && rung.riskShare() < 1)) {
        throw new IllegalArgumentException("risk share must be in (0, 1): " + rung.riskShare());
      }
      previous = rung.strata();
    }
    if (previous != sizes.size()) {
      throw new IllegalArgumentException("the last candidate set must hold all strata");
    }
  }

  /**
   * Plans an audit of one candidate set.
   *
   * @param strata the candidates
   * @param target see {@link #target()}
   * @param riskShare probability of a wrong certificate, in (0, 1)
   * @param seed seed of the draws
   */
  public static AuditPlan of(Strata strata, double target, double riskShare, long seed) {
    List<Rung> rungs =
        strata.count() == 0 ? List.of() : List.of(new Rung(strata.count(), riskShare));
    return new AuditPlan(target, seed, strata.sizes(), strata.predicted(), rungs, strata.digest());
  }

  /**
   * Plans an audit of nested candidate sets that share their draws.
   *
   * @param strata candidates cut by {@link Strata#of} at {@code nested}
   * @param nested sizes of the sets, as given to {@link Strata#of}
   * @param riskShares share of each set; their sum is the risk of the whole audit
   * @throws IllegalArgumentException when a size is not at a stratum edge
   */
  public static AuditPlan nested(
      Strata strata, List<Integer> nested, List<Double> riskShares, double target, long seed) {
    if (nested.size() != riskShares.size()) {
      throw new IllegalArgumentException("one risk share for every nested candidate set");
    }
    List<Rung> rungs = new ArrayList<>();
    int stratum = 0;
    for (int j = 0; j < nested.size(); j++) {
      while (stratum < strata.count() && strata.end(stratum) < nested.get(j)) {
        stratum++;
      }
      if (stratum == strata.count() || strata.end(stratum) != nested.get(j)) {
        throw new IllegalArgumentException("no stratum ends at " + nested.get(j));
      }
      rungs.add(new Rung(stratum + 1, riskShares.get(j)));
    }
    return new AuditPlan(target, seed, strata.sizes(), strata.predicted(), rungs, strata.digest());
  }

  /** Returns the number of candidates in the surest {@code strata} strata. */
  int population(int strata) {
    int sum = 0;
    for (int b = 0; b < strata; b++) {
      sum += sizes.get(b);
    }
    return sum;
  }

  /** Returns the sum of the risk shares. */
  public double risk() {
    return rungs.stream().mapToDouble(Rung::riskShare).sum();
  }
}
