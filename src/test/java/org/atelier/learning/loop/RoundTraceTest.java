package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.model.Scores;
import org.atelier.learning.pool.PoolItems;
import org.junit.jupiter.api.Test;

class RoundTraceTest {
  private final RoundTrace trace =
      new RoundTrace(PoolItems.of(new long[4], new long[] {0, 1, 2, 3}), List.of());

  /** Four items, the surest is 2, then 0, 3, 1; the forecast proposes so many of them. */
  private void scored(int candidates) {
    float[] pool = {.8f, .2f, .5f, .5f, .1f, .9f, .7f, .3f};
    trace.scored(
        1,
        new Scores(2, false, pool, new float[0]),
        new int[] {0, 1, 2, 3},
        new int[] {2, 0, 3, 1},
        candidates);
  }

  @Test
  void theQueueIsFilledUpWithWhatTheMachineIsNotExpectedToTakeTheLeastSureFirst() {
    scored(1);
    List<Directive.Ask> asks = List.of(new Directive.Ask(3, TaskReason.LOW_MARGIN));
    assertEquals(ids(1, 0), trace.lists(report(), asks, 0).reserve().subList(0, 2));
  }

  @Test
  void ofWhatTheMachineMayTakePeopleGetAtMostTwiceAsManyAsTheyWereAskedAbout() {
    scored(4);
    List<Directive.Ask> asks = List.of(new Directive.Ask(3, TaskReason.LOW_MARGIN));
    assertEquals(ids(1, 0), trace.lists(report(), asks, 0).reserve());
    assertEquals(ids(), trace.lists(report(), List.of(), 0).reserve());
  }

  @Test
  void nobodyIsAskedMeanwhileAboutWhatAnAuditWasOpenedFor() {
    scored(2);
    List<Directive.Ask> asks = List.of(new Directive.Ask(0, TaskReason.AUDIT));
    assertEquals(ids(1, 3), trace.lists(report(), asks, 2).reserve());
    assertEquals(ids(), trace.lists(report(), asks, 4).reserve());
  }

  @Test
  void itemsThatPeopleHaveAreNotShownAsUncertain() {
    scored(0);
    List<Directive.Ask> asks = List.of(new Directive.Ask(1, TaskReason.LOW_MARGIN));
    assertEquals(
        ids(3, 0, 2),
        trace.lists(report(), asks, 0).uncertain().stream()
            .map(RoundLists.Opinion::itemId)
            .toList());
    assertEquals(ids(3, 0, 2), trace.lists(report(), asks, 0).reserve());
  }

  private static List<UUID> ids(int... rows) {
    return java.util.Arrays.stream(rows).mapToObj(row -> new UUID(0, row)).toList();
  }

  private static RoundReport report() {
    return new RoundReport(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, null, 0, List.of(), List.of(), "", 0);
  }
}
