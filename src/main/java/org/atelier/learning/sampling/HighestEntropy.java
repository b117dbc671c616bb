package org.atelier.learning.sampling;

/**
 * Wants items with the highest entropy −Σ p ln p (natural logarithm); for multi-label the sum of
 * the labels' binary entropies.
 *
 * <p>Source: Dagan and Engelson (1995), "Committee-Based Sampling for Training Probabilistic
 * Classifiers", ICML; Shannon (1948) for the measure.
 */
public final class HighestEntropy extends ScoredStrategy {
  @Override
  public String name() {
    return "entropy";
  }

  @Override
  double score(Pool pool, int i) {
    double sum = 0;
    for (int k = 0; k < pool.classes(); k++) {
      double p = pool.probability(i, k);
      sum += term(p) + (pool.multiLabel() ? term(1 - p) : 0);
    }
    return sum;
  }

  private static double term(double p) {
    return p <= 0 ? 0 : -p * Math.log(p);
  }
}
