package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTurnTest {
  /** 1,000 items, error rising evenly from 0 to 20 %: the surest s err at s / 10,000 on average. */
  private static Candidates rising() {
    int[] items = new int[1000];
    double[] errors = new double[1000];
    for (int i = 0; i < items.length; i++) {
      items[i] = i;
      errors[i] = i / 5000.0;
    }
    return new Candidates(items, errors);
  }

  @Test
  void twoSmallerAndTwoLargerSetsLieAroundTheHopedOne() {
    // 0.8 · 5 % are reached by the surest 401: their mean is 400 / 2 / 5,000; 1.0 · 5 % by 501
    assertEquals(List.of(286, 308, 325, 401, 501), AuditTurn.nested(rising(), 0.05, 325));
  }

  @Test
  void aHardlyLargerSetIsLeftOut() {
    assertEquals(List.of(387, 418, 440, 501), AuditTurn.nested(rising(), 0.05, 440));
    assertEquals(List.of(431, 465, 490), AuditTurn.nested(rising(), 0.05, 490));
  }

  @Test
  void sharesSumToTheRiskWhateverSetsThereAre() {
    assertEquals(List.of(0.012, 0.016, 0.012), AuditTurn.shares(List.of(1, 2, 3), 2, 0.04));
    assertEquals(List.of(0.04), AuditTurn.shares(List.of(30), 30, 0.04));
  }
}
