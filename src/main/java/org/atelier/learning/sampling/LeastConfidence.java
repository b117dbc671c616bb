package org.atelier.learning.sampling;

/**
 * Wants items whose most probable class is least probable: 1 − max p; for multi-label the mean of 1
 * − max(p, 1 − p) over the labels.
 *
 * <p>Source: Lewis and Gale (1994), "A Sequential Algorithm for Training Text Classifiers", SIGIR,
 * DOI 10.1007/978-1-4471-2099-5_1.
 */
public final class LeastConfidence extends ScoredStrategy {
  @Override
  public String name() {
    return "least-confidence";
  }

  @Override
  double score(Pool pool, int i) {
    double sum = 0;
    double top = 0;
    for (int k = 0; k < pool.classes(); k++) {
      double p = pool.probability(i, k);
      top = Math.max(top, p);
      sum += 1 - Math.max(p, 1 - p);
    }
    return pool.multiLabel() ? sum / pool.classes() : 1 - top;
  }
}
