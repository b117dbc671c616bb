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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People label candidates while the machine still makes their audit. */
class CandidatesLeftTest {

  private static final int ITEMS = 6_000;
  private static final int CLASSES = 4;

  private final CampaignSettings settings =
      CampaignSettings.standard(ITEMS, CLASSES, false, 0.95, 0.05, 3_000, 1, 3);
  private final int[] truth = new int[ITEMS];
  private final List<Evidence.Labeled> labels = new ArrayList<>();
  private final Set<Integer> held = new HashSet<>();
  private Campaign campaign;
  private CampaignState opened;

  @BeforeEach
  void openAnAudit() {
    Arrays.setAll(truth, i -> i % CLASSES);
    campaign = new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
    opened = CampaignState.start(settings);
    List<Directive.Ask> asks = List.of();
    while (opened.phase() != CampaignState.Phase.AUDITING) {
      answer(asks);
      Campaign.Turn turn = step(opened);
      asks = turn.directive().asks();
      opened = turn.state();
    }
  }

  @Test
  void whereManyAreGoneAnAuditOfTheOthersBeginsWithItsShareOfTheRisk() {
    CampaignState.AuditInProgress first = opened.audit();
    List<Integer> taken = everyUndrawn(8);
    taken.subList(0, taken.size() / 2).forEach(item -> label(item, TaskReason.LOW_MARGIN));
    held.addAll(taken.subList(taken.size() / 2, taken.size()));
    Campaign.Turn turn = step(opened);
    CampaignState.AuditInProgress second = turn.state().audit();
    Set<Integer> left = new HashSet<>();
    Arrays.stream(first.items()).forEach(left::add);
    opened.outstanding().forEach(ask -> left.remove(ask.item()));
    taken.forEach(left::remove);
    Set<Integer> items = new HashSet<>();
    Arrays.stream(second.items()).forEach(items::add);
    assertEquals(left, items);
    assertEquals(settings.auditBatch(), turn.directive().asks().size());
    assertTrue(turn.directive().asks().stream().allMatch(ask -> left.contains(ask.item())));
    assertEquals(2, turn.state().risk().grants().size());
    assertTrue(turn.state().risk().grants().get(0).closed());
    // nothing was answered of the first, so that all of its share came back
    assertEquals(first.state().plan().risk(), second.state().plan().risk(), 1e-12);
    assertEquals(first.nested().size(), second.nested().size());
  }

  @Test
  void whatItCertifiesIsWhatNobodyLabelled() {
    everyUndrawn(8).forEach(item -> label(item, TaskReason.LOW_MARGIN));
    CampaignState state = opened;
    for (int turn = 0; turn < 500 && state.accepted().isEmpty(); turn++) {
      Campaign.Turn next = step(state);
      answer(next.directive().asks());
      state = next.state();
    }
    assertFalse(state.accepted().isEmpty());
    Set<Integer> human = new HashSet<>();
    labels.forEach(label -> human.add(label.item()));
    for (int item : state.accepted().get(0).items()) {
      assertFalse(human.contains(item));
    }
    assertTrue(state.accepted().get(0).lower() >= 0.95);
  }

  @Test
  void whereFewAreGoneTheAuditGoesOn() {
    everyUndrawn(30).forEach(item -> label(item, TaskReason.LOW_MARGIN));
    Campaign.Turn turn = step(opened);
    assertTrue(turn.directive().waiting());
    assertEquals(opened.audit().seed(), turn.state().audit().seed());
  }

  @Test
  void anAuditThatHasDrawnMoreIsNotBegunAgain() {
    answer(opened.outstanding());
    CampaignState further = step(opened).state();
    everyUndrawn(8).forEach(item -> label(item, TaskReason.LOW_MARGIN));
    assertEquals(opened.audit().seed(), step(further).state().audit().seed());
  }

  @Test
  void whereABatchCannotBePaidTheAuditGoesOn() {
    everyUndrawn(8).forEach(item -> label(item, TaskReason.LOW_MARGIN));
    Campaign.Turn again = step(opened);
    assertEquals(2, again.state().risk().grants().size());
    answer(opened.outstanding());
    Evidence said = new Evidence(labels, held, 3_000 - settings.auditBatch() + 1);
    CampaignState spent = campaign.step(opened, said).state();
    assertEquals(1, spent.risk().grants().size(), "one answer short of a batch");
  }

  @Test
  void whereHardlyAnyAreLeftTheAuditGoesOn() {
    List<Integer> undrawn = everyUndrawn(1);
    undrawn
        .subList(0, undrawn.size() - NestedSets.LEAST + 1)
        .forEach(item -> label(item, TaskReason.LOW_MARGIN));
    Campaign.Turn turn = step(opened);
    assertEquals(opened.audit().seed(), turn.state().audit().seed());
  }

  private Campaign.Turn step(CampaignState state) {
    return campaign.step(state, new Evidence(labels, held, labels.size() + held.size()));
  }

  /** One of so many candidates that were not drawn, surest first. */
  private List<Integer> everyUndrawn(int nth) {
    Set<Integer> drawn = new HashSet<>();
    opened.outstanding().forEach(ask -> drawn.add(ask.item()));
    List<Integer> undrawn = new ArrayList<>();
    int[] items = opened.audit().items();
    for (int i = 0; i < items.length; i++) {
      if (i % nth == 0 && !drawn.contains(items[i])) {
        undrawn.add(items[i]);
      }
    }
    return undrawn;
  }

  private void answer(List<Directive.Ask> asks) {
    asks.forEach(ask -> label(ask.item(), ask.reason()));
  }

  private void label(int item, TaskReason reason) {
    labels.add(new Evidence.Labeled(item, new int[] {truth[item]}, reason));
  }
}
