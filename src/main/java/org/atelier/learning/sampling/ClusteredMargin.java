package org.atelier.learning.sampling;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Wants small margins spread over the feature space: the {@value #WIDTH} × count items with the
 * smallest margins are clustered, and clusters give their smallest margins in turn, small clusters
 * first.
 *
 * <p>Source: Citovsky et al. (2021), "Batch Active Learning at Scale", NeurIPS (Cluster-Margin).
 * Deviation: k-means on the preselected items instead of agglomerative clusters of the whole pool,
 * with one cluster per {@value #PER_CLUSTER} wanted items.
 */
public final class ClusteredMargin implements SamplingStrategy {
  private static final int WIDTH = 3;
  private static final int PER_CLUSTER = 10;
  private static final int ITERATIONS = 6;

  private final SmallestMargin margin = new SmallestMargin();

  @Override
  public String name() {
    return "clustered-margin";
  }

  @Override
  public Selection select(Pool pool, int count, RandomGenerator random) {
    ScoredStrategy.check(pool, count);
    if (pool.vectors() == null) {
      throw new IllegalArgumentException("clustered margin needs feature vectors");
    }
    double[] scores = new double[pool.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = margin.score(pool, i);
    }
    int[] order = ScoredStrategy.highestFirst(scores, random);
    int[] closeCalls = Arrays.copyOf(order, (int) Math.min(order.length, (long) WIDTH * count));
    if (count == 0 || closeCalls.length == count) {
      return ScoredStrategy.selection(pool, scores, Arrays.copyOf(closeCalls, count));
    }
    int clusters = Math.max(1, count / PER_CLUSTER);
    int[] cluster = cluster(pool, closeCalls, clusters, random);
    return ScoredStrategy.selection(pool, scores, inTurn(closeCalls, cluster, clusters, count));
  }

  /** {@code candidates} come smallest margin first and keep that order inside each cluster. */
  static int[] inTurn(int[] candidates, int[] cluster, int clusters, int count) {
    int[] sizes = new int[clusters];
    for (int c : cluster) {
      sizes[c]++;
    }
    int[][] members = new int[clusters][];
    for (int c = 0; c < clusters; c++) {
      members[c] = new int[sizes[c]];
    }
    int[] filled = new int[clusters];
    for (int i = 0; i < candidates.length; i++) {
      members[cluster[i]][filled[cluster[i]]++] = candidates[i];
    }
    Arrays.sort(members, (a, b) -> Integer.compare(a.length, b.length));
    int[] chosen = new int[count];
    int found = 0;
    for (int turn = 0; found < count; turn++) {
      for (int c = 0; c < clusters && found < count; c++) {
        if (turn < members[c].length) {
          chosen[found++] = members[c][turn];
        }
      }
    }
    return chosen;
  }

  private static int[] cluster(Pool pool, int[] positions, int clusters, RandomGenerator random) {
    int columns = pool.vectors().columns();
    float[][] points = new float[positions.length][columns];
    for (int i = 0; i < positions.length; i++) {
      pool.vectors().read(pool.items()[positions[i]], points[i], 0);
    }
    float[][] centres = new float[clusters][];
    for (int c = 0; c < clusters; c++) {
      centres[c] = points[random.nextInt(points.length)].clone();
    }
    int[] nearest = new int[points.length];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      for (int i = 0; i < points.length; i++) {
        nearest[i] = nearest(points[i], centres);
      }
      move(points, nearest, centres);
    }
    return nearest;
  }

  private static int nearest(float[] point, float[][] centres) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double distance = 0;
      for (int j = 0; j < point.length; j++) {
        double d = point[j] - centres[c][j];
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    return best;
  }

  private static void move(float[][] points, int[] nearest, float[][] centres) {
    int columns = centres[0].length;
    double[][] sums = new double[centres.length][columns];
    int[] sizes = new int[centres.length];
    for (int i = 0; i < points.length; i++) {
      sizes[nearest[i]]++;
      for (int j = 0; j < columns; j++) {
        sums[nearest[i]][j] += points[i][j];
      }
    }
    for (int c = 0; c < centres.length; c++) {
      for (int j = 0; j < columns && sizes[c] > 0; j++) {
        centres[c][j] = (float) (sums[c][j] / sizes[c]);
      }
    }
  }
}
