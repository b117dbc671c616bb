package org.atelier.learning.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClusteredMarginTest extends SamplingStrategyContract {
  @Override
  SamplingStrategy strategy() {
    return new ClusteredMargin();
  }

  /** Clusters {5, 9} and {1, 2, 3}, candidates by margin: small clusters give first. */
  @Test
  void clustersGiveInTurnSmallOnesFirst() {
    int[] candidates = {1, 5, 2, 9, 3};
    int[] cluster = {0, 1, 0, 1, 0};
    assertArrayEquals(new int[] {5, 1, 9, 2}, ClusteredMargin.inTurn(candidates, cluster, 2, 4));
    assertEquals(5, ClusteredMargin.inTurn(candidates, cluster, 2, 5).length);
  }
}
