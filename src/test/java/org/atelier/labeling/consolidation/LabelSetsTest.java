package org.atelier.labeling.consolidation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.atelier.labeling.Disagreement;
import org.junit.jupiter.api.Test;

class LabelSetsTest {

  @Test
  void everyLabelIsDecidedByItself() {
    int[][] sets = {{0, 1}, {0}, {0, 2}, {1}, {}, {}};
    LabelSets outcome =
        LabelSets.consolidate(
            new MajorityVote(),
            4,
            3,
            3,
            new int[] {0, 0, 0, 1, 2, 2},
            new int[] {0, 1, 2, 0, 0, 1},
            sets,
            null);
    assertArrayEquals(new int[][] {{0}, {1}, {}, {}}, outcome.chosen());
    assertArrayEquals(new int[][] {{0, 1, 2}, {1}, {}, {}}, outcome.named());
    assertArrayEquals(new double[] {1, 0.33, 0.33}, outcome.confidences()[0]);
    assertArrayEquals(new double[] {0}, outcome.confidences()[1]);
    assertArrayEquals(new double[] {0.67, 0, 1, 0}, outcome.decisions());
    assertEquals(2.0 / 3, outcome.workers().get(0).accuracy().orElseThrow(), 1e-12);
  }

  @Test
  void disagreementIsTheLackOfAMajority() {
    assertFalse(Disagreement.ofLabels(new int[] {}));
    assertFalse(Disagreement.ofLabels(new int[] {1}));
    assertTrue(Disagreement.ofLabels(new int[] {0, 1}));
    assertFalse(Disagreement.ofLabels(new int[] {0, 1, 0}));
    assertTrue(Disagreement.ofLabels(new int[] {0, 1, 2}));
    assertTrue(Disagreement.ofSets(List.of(new int[] {0}, new int[] {0, 1})));
    assertFalse(Disagreement.ofSets(List.of(new int[] {0}, new int[] {0, 1}, new int[] {})));
    assertFalse(Disagreement.ofSets(List.of(new int[] {0, 1}, new int[] {0, 1})));
  }
}
