package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.Draw;
import org.atelier.learning.certify.EarlyDesign;
import org.atelier.learning.certify.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who would have waited for the model were given items at random. */
class EarlyDrawsTest {

  private static final int ITEMS = 6_000;
  private static final int CLASSES = 4;

  private final CampaignSettings settings =
      CampaignSettings.standard(ITEMS, CLASSES, false, 0.95, 0.05, 3_000, 1, 3);
  private final int[] truth = new int[ITEMS];
  private final List<Evidence.Labeled> labels = new ArrayList<>();
  private final List<Integer> early = new ArrayList<>();
  private final Campaign campaign =
      new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
  private CampaignState opened;

  @BeforeEach
  void openAnAuditThatWasDrawnForEarly() {
    Arrays.setAll(truth, i -> i % CLASSES);
    opened = CampaignState.start(settings);
    List<Directive.Ask> asks = List.of();
    int[] open = {};
    CampaignState before = opened;
    while (opened.phase() != CampaignState.Phase.AUDITING) {
      answer(asks);
      before = opened;
      open = Campaign.open(settings, opened, evidence(List.of()));
      Campaign.Turn turn = campaign.step(opened, evidence(List.of()));
      asks = turn.directive().asks();
      opened = turn.state();
    }
    for (int place : EarlyDesign.order(before.kindsOf(open), 600, 5)) {
      early.add(open[place]);
    }
  }

  @Test
  void thoseAmongTheCandidatesAreDrawsOfTheAuditInTheirOrderAnsweredOrNot() {
    early.subList(0, 500).forEach(item -> label(item, TaskReason.EARLY_DRAW));
    Campaign.Turn turn = campaign.step(opened, evidence(early));
    CampaignState.AuditInProgress audit = turn.state().audit();
    int first = opened.audit().state().draws().size();
    Set<Integer> candidates = new HashSet<>();
    Arrays.stream(audit.items()).forEach(candidates::add);
    opened.outstanding().forEach(ask -> candidates.remove(ask.item()));
    List<Integer> expected = early.stream().filter(candidates::contains).toList();
    List<Integer> drawn =
        audit.state().draws().stream().skip(first).map(draw -> audit.items()[draw.item()]).toList();
    assertEquals(expected, drawn);
    assertTrue(drawn.size() > 200, "enough to see something");
    List<Double> weights = audit.state().batches().get(1).weights();
    assertTrue(weights.stream().distinct().count() > 2, "drawn by what an older model said");
    Set<Integer> unanswered = new HashSet<>(early.subList(500, 600));
    unanswered.retainAll(expected);
    assertEquals(
        unanswered, Set.copyOf(turn.directive().asks().stream().map(Directive.Ask::item).toList()));
    assertEquals((first + drawn.size()) * settings.answersPerItem(), turn.state().auditAnswers());
    assertTrue(turn.state().outstanding().containsAll(turn.directive().asks()));
  }

  @Test
  void theyAreNoReasonToBeginAnew() {
    early.forEach(item -> label(item, TaskReason.EARLY_DRAW));
    CampaignState next = campaign.step(opened, evidence(early)).state();
    assertEquals(opened.audit().seed(), next.audit().seed());
    assertEquals(1, next.risk().grants().size());
  }

  @Test
  void anAuditThatIsBegunAnewTakesThemToo() {
    early.forEach(item -> label(item, TaskReason.EARLY_DRAW));
    Set<Integer> known = new HashSet<>(early);
    opened.outstanding().forEach(ask -> known.add(ask.item()));
    int[] items = opened.audit().items();
    for (int i = 0; i < items.length; i += 8) {
      if (!known.contains(items[i])) {
        label(items[i], TaskReason.LOW_MARGIN);
      }
    }
    Campaign.Turn again = campaign.step(opened, evidence(early));
    assertEquals(2, again.state().risk().grants().size());
    CampaignState next = campaign.step(again.state(), evidence(early)).state();
    List<Integer> drawn =
        next.audit().state().draws().stream()
            .map(draw -> next.audit().items()[draw.item()])
            .toList();
    assertTrue(drawn.size() > settings.auditBatch());
    Set<Integer> candidates = new HashSet<>();
    Arrays.stream(next.audit().items()).forEach(candidates::add);
    assertTrue(
        early.stream().filter(candidates::contains).allMatch(drawn::contains), "all are draws");
  }

  @Test
  void thoseThatNobodyWillAnswerStayCandidatesWhereAnAuditIsBegunAnew() {
    Set<Integer> candidates = new HashSet<>();
    Arrays.stream(opened.audit().items()).forEach(candidates::add);
    opened.outstanding().forEach(ask -> candidates.remove(ask.item()));
    Set<Integer> declined =
        Set.copyOf(early.stream().filter(candidates::contains).limit(30).toList());
    early.stream()
        .filter(item -> !declined.contains(item))
        .forEach(item -> label(item, TaskReason.EARLY_DRAW));
    int[] items = opened.audit().items();
    for (int i = 0; i < items.length; i += 8) {
      if (candidates.contains(items[i]) && !early.contains(items[i])) {
        label(items[i], TaskReason.LOW_MARGIN);
      }
    }
    Evidence said = new Evidence(labels, declined, Set.of(), labels.size(), early);
    Campaign.Turn again = campaign.step(opened, said);
    assertEquals(2, again.state().risk().grants().size());
    CampaignState.AuditInProgress audit = campaign.step(again.state(), said).state().audit();
    Set<Integer> lost = new HashSet<>();
    for (Draw draw : audit.state().draws()) {
      if (audit.state().outcomes().get(draw.position()) == Outcome.LOST) {
        lost.add(audit.items()[draw.item()]);
      }
    }
    Set<Integer> left = new HashSet<>();
    Arrays.stream(audit.items()).forEach(left::add);
    assertTrue(left.containsAll(declined));
    assertEquals(declined, lost);
  }

  @Test
  void whatIsCertifiedHasNoneOfThem() {
    early.forEach(item -> label(item, TaskReason.EARLY_DRAW));
    CampaignState state = opened;
    answer(state.outstanding());
    int draws = 0;
    for (int turn = 0; turn < 500 && state.accepted().isEmpty(); turn++) {
      Campaign.Turn next = campaign.step(state, evidence(early));
      answer(next.directive().asks());
      draws = next.state().audit() == null ? draws : next.state().audit().state().draws().size();
      state = next.state();
    }
    assertFalse(state.accepted().isEmpty());
    assertTrue(draws > settings.auditBatch());
    Set<Integer> human = new HashSet<>();
    labels.forEach(label -> human.add(label.item()));
    for (int item : state.accepted().get(0).items()) {
      assertFalse(human.contains(item));
    }
  }

  private Evidence evidence(List<Integer> drawnEarly) {
    return new Evidence(labels, Set.of(), Set.of(), labels.size(), drawnEarly);
  }

  private void answer(List<Directive.Ask> asks) {
    Set<Integer> known = new HashSet<>();
    labels.forEach(label -> known.add(label.item()));
    asks.stream()
        .filter(ask -> !known.contains(ask.item()))
        .forEach(ask -> label(ask.item(), ask.reason()));
  }

  private void label(int item, TaskReason reason) {
    labels.add(new Evidence.Labeled(item, new int[] {truth[item]}, reason));
  }
}
