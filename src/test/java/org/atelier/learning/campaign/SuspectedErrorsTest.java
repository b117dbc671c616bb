package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.atelier.learning.model.Examples;
import org.atelier.learning.model.Scores;
import org.junit.jupiter.api.Test;

class SuspectedErrorsTest {
  /** Labels 0, 0, 1 with p(0) = 0.9, 0.1, 0.8: scores 0.9, 0.1, 0.2. */
  @Test
  void theMostContradictedLabelComesFirst() {
    Examples examples = new Examples(new int[] {7, 8, 9}, new int[][] {{0}, {0}, {1}}, 2, false);
    float[] heldOut = {0.9f, 0.1f, 0.1f, 0.9f, 0.8f, 0.2f};
    List<RoundReport.Suspect> suspects =
        SuspectedErrors.rank(examples, new Scores(2, false, heldOut, heldOut), 0.5, 10);
    assertEquals(List.of(8, 9), suspects.stream().map(RoundReport.Suspect::item).toList());
    assertEquals(0.1, suspects.get(0).score(), 1e-6);
    assertEquals(0.2, suspects.get(1).score(), 1e-6);
  }

  @Test
  void labelsAboveTheLimitAreNotListed() {
    Examples examples = new Examples(new int[] {8}, new int[][] {{0}}, 2, false);
    float[] heldOut = {0.4f, 0.6f};
    assertEquals(
        0, SuspectedErrors.rank(examples, new Scores(2, false, heldOut, heldOut), 0.25, 9).size());
  }
}
