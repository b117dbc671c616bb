package org.atelier.learning.sampling;

/**
 * Wants items whose two most probable classes are closest: 1 − (p₁ − p₂); for multi-label the label
 * closest to even odds decides: 1 − min |2p − 1|. One class alone has p₂ = 0.
 *
 * <p>Source: Scheffer, Decomain and Wrobel (2001), "Active Hidden Markov Models for Information
 * Extraction", IDA, DOI 10.1007/3-540-44816-0_31.
 */
public final class SmallestMargin extends ScoredStrategy {
  @Override
  public String name() {
    return "margin";
  }

  @Override
  double score(Pool pool, int i) {
    double first = 0;
    double second = 0;
    double closest = 1;
    for (int k = 0; k < pool.classes(); k++) {
      double p = pool.probability(i, k);
      closest = Math.min(closest, Math.abs(2 * p - 1));
      if (p > first) {
        second = first;
        first = p;
      } else if (p > second) {
        second = p;
      }
    }
    return 1 - (pool.multiLabel() ? closest : first - second);
  }
}
