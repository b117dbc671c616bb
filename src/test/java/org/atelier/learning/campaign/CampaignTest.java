package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.Outcome;
import org.junit.jupiter.api.Test;

class CampaignTest {
  private static final int ITEMS = 6000;
  private static final int CLASSES = 4;
  private static final int BUDGET = 2000;

  private final ObjectMapper json = new ObjectMapper();

  private static int[] truth() {
    int[] truth = new int[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      truth[i] = i % CLASSES;
    }
    return truth;
  }

  private static CampaignSettings settings(int budget) {
    return CampaignSettings.standard(ITEMS, CLASSES, false, 0.95, 0.05, budget, 1, 3);
  }

  private record Finished(
      CampaignState state, List<Evidence.Labeled> labels, List<RoundReport> reports) {}

  /** Runs to the end; the state goes through JSON after every turn. */
  private Finished run(CampaignSettings settings) throws Exception {
    return run(settings, Directive.Ask::reason);
  }

  private Finished run(CampaignSettings settings, Function<Directive.Ask, TaskReason> reason)
      throws Exception {
    int[] truth = truth();
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
    CampaignState state = CampaignState.start(settings);
    List<Evidence.Labeled> labels = new ArrayList<>();
    List<RoundReport> reports = new ArrayList<>();
    for (int turn = 0; turn < 1000 && state.stop() == null; turn++) {
      Evidence evidence = new Evidence(labels, Set.of(), labels.size());
      Campaign.Turn next = campaign.step(state, evidence);
      assertFalse(next.directive().waiting(), "everybody has answered");
      for (Directive.Ask ask : next.directive().asks()) {
        labels.add(
            new Evidence.Labeled(ask.item(), new int[] {truth[ask.item()]}, reason.apply(ask)));
      }
      if (next.directive().report() != null) {
        reports.add(next.directive().report());
      }
      state = json.readValue(json.writeValueAsString(next.state()), CampaignState.class);
    }
    assertNotNull(state.stop(), "the campaign ends");
    return new Finished(state, labels, reports);
  }

  @Test
  void reachesTheTargetAndKeepsTheBudget() throws Exception {
    Finished finished = run(settings(BUDGET));
    assertTrue(finished.labels().size() <= BUDGET);
    assertTrue(finished.state().machineLabels() > ITEMS / 2, "" + finished.state().machineLabels());
    int right = 0;
    for (CampaignState.AcceptedSet set : finished.state().accepted()) {
      assertTrue(set.lower() >= 0.95);
      for (int i = 0; i < set.items().length; i++) {
        right += set.labels()[i][0] == set.items()[i] % CLASSES ? 1 : 0;
      }
    }
    assertTrue(right >= 0.95 * finished.state().machineLabels());
  }

  @Test
  void auditDrawsThatSomebodyInChargeDecidedCertifyNothing() throws Exception {
    Finished finished =
        run(
            settings(BUDGET),
            ask -> ask.reason() == TaskReason.AUDIT ? TaskReason.DECIDED : ask.reason());
    assertEquals(0, finished.state().machineLabels());
  }

  @Test
  void onlyTheAuditsOwnDrawsAreCalledAudit() throws Exception {
    Finished finished = run(settings(BUDGET));
    long audit = count(finished, TaskReason.AUDIT);
    assertEquals(finished.state().auditAnswers(), audit);
    assertTrue(count(finished, TaskReason.EXPLORED) > 0);
    assertFalse(TaskReason.EXPLORED.isFair());
    assertFalse(TaskReason.EXPLORED.allowsSuggestion());
  }

  private static long count(Finished finished, TaskReason reason) {
    return finished.labels().stream().filter(label -> label.reason() == reason).count();
  }

  @Test
  void anAuditDrawsAheadUnlessItsFirstDrawsAreUnanswered() {
    CampaignSettings settings = settings(BUDGET);
    int[] truth = truth();
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
    List<Evidence.Labeled> labels = new ArrayList<>();
    CampaignState state = untilItAudits(campaign, settings, truth, labels);
    List<Directive.Ask> asks = state.outstanding();
    int batch = asks.size();
    List<Evidence.Labeled> behind = new ArrayList<>(labels);
    answer(asks.subList(batch / 2, batch), truth, behind);
    Campaign.Turn waits = campaign.step(state, new Evidence(behind, Set.of(), behind.size()));
    assertTrue(waits.directive().waiting(), "the evidence ends before the first open draw");

    answer(asks.subList(0, batch - batch / 4), truth, labels);
    Campaign.Turn ahead = campaign.step(state, new Evidence(labels, Set.of(), labels.size()));
    assertEquals(batch, ahead.directive().asks().size());
    assertEquals(batch + batch / 4, ahead.state().outstanding().size());
    Set<Integer> items = new HashSet<>();
    ahead.state().audit().state().draws().forEach(draw -> assertTrue(items.add(draw.item())));
    assertEquals(2 * batch, items.size());
  }

  /** Answers everything until an audit is opened, whose first draws are left unanswered. */
  private static CampaignState untilItAudits(
      Campaign campaign, CampaignSettings settings, int[] truth, List<Evidence.Labeled> labels) {
    CampaignState state = CampaignState.start(settings);
    List<Directive.Ask> asks = List.of();
    while (state.phase() != CampaignState.Phase.AUDITING) {
      answer(asks, truth, labels);
      Campaign.Turn turn = campaign.step(state, new Evidence(labels, Set.of(), labels.size()));
      asks = turn.directive().asks();
      state = turn.state();
    }
    return state;
  }

  private static void answer(List<Directive.Ask> asks, int[] truth, List<Evidence.Labeled> labels) {
    for (Directive.Ask ask : asks) {
      labels.add(new Evidence.Labeled(ask.item(), new int[] {truth[ask.item()]}, ask.reason()));
    }
  }

  @Test
  void anOutcomeStaysWhenTheLabelItWasJudgedByChanges() {
    CampaignSettings settings = settings(BUDGET);
    int[] truth = truth();
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
    List<Evidence.Labeled> labels = new ArrayList<>();
    CampaignState state = untilItAudits(campaign, settings, truth, labels);
    answer(state.outstanding(), truth, labels);
    CampaignState seen =
        campaign.step(state, new Evidence(labels, Set.of(), labels.size())).state();
    List<Outcome> before = seen.audit().state().outcomes();
    labels.replaceAll(
        label ->
            label.reason() == TaskReason.AUDIT
                ? new Evidence.Labeled(
                    label.item(),
                    new int[] {(label.classes()[0] + 1) % CLASSES},
                    TaskReason.DISAGREEMENT)
                : label);
    CampaignState later =
        campaign.step(seen, new Evidence(labels, Set.of(), labels.size())).state();
    long judged = before.stream().filter(one -> one != Outcome.OPEN).count();
    assertTrue(judged > 0);
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != Outcome.OPEN) {
        assertEquals(before.get(i), later.audit().state().outcomes().get(i));
      }
    }
  }

  @Test
  void asksNobodyTwiceAndNeverAboutAcceptedItems() throws Exception {
    Finished finished = run(settings(BUDGET));
    Set<Integer> seen = new HashSet<>();
    finished.labels().forEach(label -> assertTrue(seen.add(label.item()), "asked twice"));
    for (CampaignState.AcceptedSet set : finished.state().accepted()) {
      for (int item : set.items()) {
        assertTrue(seen.add(item), "labelled twice");
      }
    }
  }

  @Test
  void everyRoundSaysWhatItDidAndWhy() throws Exception {
    for (RoundReport report : run(settings(BUDGET)).reports()) {
      assertFalse(report.note().isBlank());
      assertTrue(report.estimate() >= 0 && report.estimate() <= 1);
      assertTrue(report.threshold() >= 0 && report.threshold() <= 1);
    }
  }

  @Test
  void startsWithARandomSampleAndWaitsForIt() {
    CampaignSettings settings = settings(BUDGET);
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth(), CLASSES), () -> 0, RoundObserver.NONE);
    Campaign.Turn first = campaign.step(CampaignState.start(settings), Evidence.none());
    assertEquals(settings.randomStart(), first.directive().asks().size());
    assertTrue(
        first.directive().asks().stream().allMatch(a -> a.reason() == TaskReason.RANDOM_START));
    Campaign.Turn second = campaign.step(first.state(), Evidence.none());
    assertTrue(second.directive().waiting());
    assertEquals(first.state(), second.state());
  }

  @Test
  void theSameTurnTakenAgainGivesTheSameDirective() {
    CampaignSettings settings = settings(BUDGET);
    int[] truth = truth();
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
    Campaign.Turn first = campaign.step(CampaignState.start(settings), Evidence.none());
    List<Evidence.Labeled> labels = new ArrayList<>();
    for (Directive.Ask ask : first.directive().asks()) {
      labels.add(new Evidence.Labeled(ask.item(), new int[] {truth[ask.item()]}, ask.reason()));
    }
    Evidence evidence = new Evidence(labels, Set.of(), labels.size());
    assertEquals(
        campaign.step(first.state(), evidence).directive().asks(),
        campaign.step(first.state(), evidence).directive().asks());
  }

  @Test
  void belowTheMinimumOfDataPeopleAreAskedAtRandom() throws Exception {
    CampaignSettings settings = settings(BUDGET);
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth(), CLASSES), () -> 0, RoundObserver.NONE);
    CampaignState state = CampaignState.start(settings).waitingFor(List.of());
    List<Evidence.Labeled> few =
        List.of(new Evidence.Labeled(0, new int[] {0}, TaskReason.RANDOM_START));
    Campaign.Turn turn = campaign.step(state, new Evidence(few, Set.of(), 1));
    assertNull(turn.directive().report());
    assertTrue(
        turn.directive().asks().stream().allMatch(a -> a.reason() == TaskReason.RANDOM_START));
  }

  @Test
  void aSpentBudgetEndsTheCampaign() throws Exception {
    Finished finished = run(settings(60));
    assertEquals(StopReason.BUDGET, finished.state().stop());
    assertEquals(60, finished.labels().size());
  }

  @Test
  void anItemNobodyAnswersDoesNotHoldTheCampaignUp() {
    CampaignSettings settings = settings(BUDGET);
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth(), CLASSES), () -> 0, RoundObserver.NONE);
    Campaign.Turn first = campaign.step(CampaignState.start(settings), Evidence.none());
    Set<Integer> declined = new HashSet<>();
    first.directive().asks().forEach(ask -> declined.add(ask.item()));
    Campaign.Turn second = campaign.step(first.state(), new Evidence(List.of(), declined, 0));
    assertFalse(second.directive().waiting());
    assertTrue(second.directive().asks().stream().noneMatch(ask -> declined.contains(ask.item())));
  }

  @Test
  void theWholeDatasetNeedsLessOfTheMachineWhenPeopleAreRight() {
    CampaignSettings settings = settings(BUDGET).change().wholeDataset(0.01).done();
    List<Evidence.Labeled> labels = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      labels.add(new Evidence.Labeled(i, new int[] {0}, TaskReason.LOW_MARGIN));
    }
    Situation half =
        new Situation(
            settings, CampaignState.start(settings), new Evidence(labels, Set.of(), 3000));
    // (0.95 · 6000 − 0.99 · 3000) / 3000
    assertEquals(0.91, half.machineTarget(), 1e-9);
  }
}
