package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A budget that pays for second answers too, which chance hands out to a fifth of the items. */
class SecondAnswersBudgetTest {

  private static final int TRIES = 20_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 100, 1_500, 12_000})
  void whatIsAskedAtOnceCostsMoreThanIsLeftInAboutOneOfTenThousandCases(int left) {
    int items = WholeDataset.spendable(left, 0, 1);
    SplittableRandom chance = new SplittableRandom(left);
    int over = 0;
    for (int at = 0; at < TRIES; at++) {
      over += cost(items, chance) > left ? 1 : 0;
    }
    assertTrue(over <= 0.0004 * TRIES, () -> items + " items");
  }

  @Test
  void nearlyAllOfTheBudgetIsSpentWhenWhatIsLeftIsAskedAgainAndAgain() {
    SplittableRandom chance = new SplittableRandom(5);
    for (int at = 0; at < 1_000; at++) {
      int spent = 0;
      for (int items = 1; items > 0; ) {
        items = WholeDataset.spendable(1_500, spent, 1) - spent;
        spent += cost(items, chance);
      }
      assertTrue(spent >= 1_499 && spent <= 1_501, "spent " + spent);
    }
  }

  @Test
  void whatWasSpentIsSpent() {
    assertEquals(1_500, WholeDataset.spendable(1_500, 1_500, 1));
    assertEquals(1_503, WholeDataset.spendable(1_500, 1_503, 1));
    assertEquals(1_501, WholeDataset.spendable(1_503, 1_500, 1), "one item, maybe asked twice");
    assertEquals(1_500, WholeDataset.spendable(1_500, 300, 3), "all are asked three times anyway");
  }

  private static int cost(int items, SplittableRandom chance) {
    int cost = items;
    for (int item = 0; item < items; item++) {
      cost += chance.nextDouble() < WholeDataset.share(1) ? 1 : 0;
    }
    return cost;
  }
}
