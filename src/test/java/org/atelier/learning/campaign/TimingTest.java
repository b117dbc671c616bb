package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When an audit is due where people answer faster than the machine learns. */
class TimingTest {

  private static final int UNLIMITED = 60_000;

  /** 60,000 items without a budget, 900 asked a round. */
  private final CampaignSettings settings =
      CampaignSettings.standard(60_000, 10, false, 0.95, 0.05, UNLIMITED, 1, 3)
          .change()
          .batch(900)
          .done();

  private final List<Integer> rising =
      List.of(38_000, 38_800, 39_600, 39_800, 40_700, 42_200, 42_700);

  private String decision(List<Integer> forecasts, int labels, int open, int since) {
    return Timing.decide(
        settings,
        forecasts,
        new Candidates.Forecast(labels + 150, 150),
        open,
        UNLIMITED,
        false,
        since);
  }

  @Test
  void whatPeopleAnswerWhileTheMachineLearnsIsLeftToTheMachine() {
    assertEquals(
        "Ask people: more labels still raise what could be certified.",
        decision(rising, 42_700, 43_900, 900));
    assertEquals(
        "Audit: nearly all open items look safe enough.", decision(rising, 42_700, 43_900, 3_600));
  }

  @Test
  void growthIsHeldAgainstTheAnswersItTook() {
    // 300 more on average of three rounds than of the three before.
    List<Integer> slow = List.of(30_000, 30_100, 30_200, 30_300, 30_400, 30_500);
    assertEquals(
        "Ask people: more labels still raise what could be certified.",
        decision(slow, 30_500, 43_900, 900));
    assertEquals(
        "Audit: more labels no longer raise what could be certified.",
        decision(slow, 30_500, 43_900, 3_600));
  }
}
