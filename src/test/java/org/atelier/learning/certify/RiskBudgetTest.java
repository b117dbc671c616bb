package org.atelier.learning.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskBudgetTest {

  @Test
  void sharesOfAnyCourseOfGrantsNeverSumAboveDelta() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      RiskBudget budget = RiskBudget.usual(0.05, seed % 2 == 0);
      for (int k = 0; k < 40; k++) {
        budget = budget.grant(0.1 + 0.9 * random.nextDouble());
        if (random.nextBoolean()) {
          int index = random.nextInt(budget.grants().size());
          budget = budget.close(index, random.nextDouble() * 0.1);
        }
        if (budget.available() <= 1e-9) {
          budget = budget.close(budget.grants().size() - 1, 1);
        }
        double outstanding = budget.humanShare() + budget.monitorShare() + budget.available();
        for (RiskBudget.Grant grant : budget.grants()) {
          outstanding += grant.share() - grant.returned();
        }
        assertEquals(0.05, outstanding, 1e-12);
      }
    }
  }

  @Test
  void fullyReturnedShareCanBeGrantedAgain() {
    RiskBudget budget = RiskBudget.of(0.05, 0, 0.01).grant(0.5);
    assertEquals(0.02, budget.newestShare(), 1e-15);
    budget = budget.close(0, 0.02);
    assertEquals(0.04, budget.available(), 1e-15);
  }

  @Test
  void closingTwiceReturnsOnce() {
    RiskBudget once = RiskBudget.of(0.05, 0, 0.01).grant(0.5).close(0, 0.01);
    assertEquals(once, once.close(0, 0.01));
    assertEquals(0.03, once.available(), 1e-15);
  }

  @Test
  void moreThanDeltaIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> RiskBudget.of(0.05, 0.03, 0.03));
    RiskBudget empty = RiskBudget.of(0.05, 0, 0).grant(1);
    assertTrue(empty.available() == 0);
    assertThrows(IllegalArgumentException.class, () -> empty.grant(0.5));
  }
}
