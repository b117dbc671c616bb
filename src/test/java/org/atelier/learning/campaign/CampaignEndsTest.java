package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.RiskBudget;
import org.atelier.learning.model.Examples;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.Scores;
import org.atelier.learning.sampling.Pool;
import org.junit.jupiter.api.Test;

/** How campaigns end: without progress, and after items came later. */
class CampaignEndsTest {

  private static final int CLASSES = 4;

  private final List<Evidence.Labeled> labels = new ArrayList<>();
  private final List<RoundReport> reports = new ArrayList<>();

  private static int[] truth(int items) {
    int[] truth = new int[items];
    for (int i = 0; i < items; i++) {
      truth[i] = i % CLASSES;
    }
    return truth;
  }

  private static CampaignSettings settings(int items, int budget) {
    return CampaignSettings.standard(items, CLASSES, false, 0.95, 0.05, budget, 1, 3);
  }

  private CampaignState run(CampaignSettings settings, Learner learner, CampaignState from) {
    Campaign campaign = new Campaign(settings, learner, () -> 0, RoundObserver.NONE);
    CampaignState state = from;
    for (int turn = 0; turn < 1000 && state.stop() == null; turn++) {
      Campaign.Turn next = campaign.step(state, new Evidence(labels, Set.of(), labels.size()));
      for (Directive.Ask ask : next.directive().asks()) {
        labels.add(
            new Evidence.Labeled(ask.item(), new int[] {ask.item() % CLASSES}, ask.reason()));
      }
      if (next.directive().report() != null) {
        reports.add(next.directive().report());
      }
      state = next.state();
    }
    return state;
  }

  /** Knows nothing and says so, whatever it is shown. */
  private static Learner ignorant(int items) {
    return new Learner() {
      @Override
      public Scores learn(Examples examples, long seed, Effort effort) {
        float[] pool = new float[items * CLASSES];
        for (int i = 0; i < items; i++) {
          row(i, pool, i);
        }
        float[] heldOut = new float[examples.size() * CLASSES];
        for (int i = 0; i < examples.size(); i++) {
          row(examples.items()[i], heldOut, i);
        }
        return new Scores(CLASSES, false, pool, heldOut);
      }

      private void row(int item, float[] into, int at) {
        int guess = new SplittableRandom(item * 31L).nextInt(CLASSES);
        for (int k = 0; k < CLASSES; k++) {
          into[at * CLASSES + k] = k == guess ? 0.4f : 0.2f;
        }
      }

      @Override
      public Pool.Vectors vectors() {
        return null;
      }

      @Override
      public byte[] encode() {
        return new byte[0];
      }

      @Override
      public float[] probabilities(byte[] encoded) {
        throw new IllegalArgumentException("keeps no model");
      }

      @Override
      public String description() {
        return "ignorant";
      }
    };
  }

  @Test
  void whatSomebodyHoldsIsAskedForOnceNothingElseIsLeft() {
    CampaignSettings settings = settings(400, 400);
    Campaign campaign = new Campaign(settings, ignorant(400), () -> 0, RoundObserver.NONE);
    Set<Integer> held = Set.of(5, 60, 399);
    CampaignState state = CampaignState.start(settings);
    List<Directive.Ask> asks = List.of();
    for (int turn = 0; turn < 1000 && labels.size() < 397; turn++) {
      Evidence said = new Evidence(labels, held, held, labels.size() + 3, List.of());
      Campaign.Turn next = campaign.step(state, said);
      asks = next.directive().asks();
      asks.stream().filter(ask -> !held.contains(ask.item())).forEach(ask -> labels.add(said(ask)));
      state = next.state();
    }
    Evidence all = new Evidence(labels, held, held, 400, List.of());
    Campaign.Turn last = campaign.step(state, all);
    assertEquals(
        held, Set.copyOf(last.directive().asks().stream().map(Directive.Ask::item).toList()));
    last.directive().asks().forEach(ask -> labels.add(said(ask)));
    Campaign.Turn end = campaign.step(last.state(), new Evidence(labels, Set.of(), 400));
    assertEquals(StopReason.NOTHING_LEFT, end.directive().stop());
  }

  @Test
  void whatSomebodyHoldsIsAskedForAgainOnlyAsFarAsTheBudgetGoes() {
    CampaignSettings settings =
        CampaignSettings.standard(60, CLASSES, false, 0.95, 0.05, 170, 3, 7);
    Campaign campaign = new Campaign(settings, ignorant(60), () -> 0, RoundObserver.NONE);
    Set<Integer> held = new TreeSet<>();
    for (int item = 0; item < 60; item++) {
      if (item < 50) {
        labels.add(said(new Directive.Ask(item, TaskReason.LOW_MARGIN)));
      } else {
        held.add(item);
      }
    }
    CampaignState state = CampaignState.start(settings).waitingFor(List.of());
    // one answer to each of the ten is counted: 10 are left, two more an item
    Campaign.Turn some = campaign.step(state, new Evidence(labels, held, held, 160, List.of()));
    assertEquals(5, some.directive().asks().size());
    Campaign.Turn none = campaign.step(state, new Evidence(labels, held, held, 169, List.of()));
    assertEquals(StopReason.BUDGET, none.directive().stop());
  }

  private static Evidence.Labeled said(Directive.Ask ask) {
    return new Evidence.Labeled(ask.item(), new int[] {ask.item() % CLASSES}, ask.reason());
  }

  @Test
  void roundsWithoutProgressEndLearningAndSaySo() {
    CampaignSettings settings = settings(6000, 3000).change().patience(4).done();
    CampaignState end = run(settings, ignorant(6000), CampaignState.start(settings));
    assertEquals(StopReason.NO_PROGRESS, end.stop());
    assertTrue(labels.size() < 3000, labels.size() + " answers");
    assertTrue(end.round() > 4, "the first round is not stale");
    assertEquals(
        "Stop: 4 rounds in a row brought no progress.", reports.get(reports.size() - 1).note());
    assertEquals(0, end.machineLabels());
  }

  @Test
  void aLearnerThatLearnsIsNotTakenForOneThatDoesNot() {
    CampaignSettings settings = settings(6000, 2000);
    CampaignState end =
        run(settings, new ToyLearner(truth(6000), CLASSES), CampaignState.start(settings));
    assertTrue(end.stop() != StopReason.NO_PROGRESS, "" + end.stop());
    assertTrue(end.machineLabels() > 3000, end.machineLabels() + " machine labels");
  }

  @Test
  void itemsThatCameLaterAreLookedAtByTheModelAndAuditedWithTheRestOfTheRisk() {
    CampaignSettings before = settings(6000, 12_000);
    CampaignState first =
        run(before, new ToyLearner(truth(6000), CLASSES), CampaignState.start(before));
    assertEquals(StopReason.NOTHING_LEFT, first.stop(), "people finish what was doubtful");
    assertTrue(first.machineLabels() > 0);
    assertEquals(6000, first.known());

    CampaignSettings after = settings(12_000, 24_000);
    CampaignState end = run(after, new ToyLearner(truth(12_000), CLASSES), first.goingOn());
    assertEquals(StopReason.NOTHING_LEFT, end.stop());
    Set<Integer> seen = new HashSet<>();
    labels.forEach(label -> assertTrue(seen.add(label.item()), "asked twice"));
    int late = 0;
    int right = 0;
    for (CampaignState.AcceptedSet set : end.accepted()) {
      for (int i = 0; i < set.items().length; i++) {
        assertTrue(seen.add(set.items()[i]), "labelled twice");
        boolean came = set.items()[i] >= 6000;
        late += came ? 1 : 0;
        right += came && set.labels()[i][0] == set.items()[i] % CLASSES ? 1 : 0;
      }
    }
    assertEquals(12_000, seen.size(), "every item has a label");
    assertTrue(late > 3000, late + " machine labels of items that came later");
    assertTrue(right >= 0.95 * late, right + " of " + late);
    double granted =
        end.risk().grants().stream().mapToDouble(RiskBudget.Grant::share).sum()
            - end.risk().grants().stream().mapToDouble(RiskBudget.Grant::returned).sum();
    assertTrue(granted + end.risk().available() + end.risk().monitorShare() <= 0.05 + 1e-9);
    assertTrue(end.risk().grants().size() > first.risk().grants().size());
  }

  @Test
  void whenPeopleLabelEveryCandidateDuringTheAuditNothingIsAcceptedAndNothingIsLeft() {
    CampaignSettings settings = settings(900, 1800);
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth(900), CLASSES), () -> 0, RoundObserver.NONE);
    CampaignState state = CampaignState.start(settings);
    Set<Integer> said = new HashSet<>();
    for (int turn = 0; turn < 1000 && state.stop() == null; turn++) {
      Campaign.Turn next = campaign.step(state, new Evidence(labels, Set.of(), labels.size()));
      next.directive().asks().forEach(ask -> say(said, ask.item(), ask.reason()));
      if (next.directive().report() != null) {
        reports.add(next.directive().report());
      }
      state = next.state();
      if (state.phase() == CampaignState.Phase.AUDITING) {
        for (int item = 0; item < 900; item++) {
          say(said, item, TaskReason.LOW_MARGIN);
        }
      }
    }
    assertEquals(StopReason.NOTHING_LEFT, state.stop());
    assertEquals(List.of(), state.accepted());
    assertTrue(
        reports.stream().anyMatch(report -> report.note().startsWith("People labelled every")),
        "" + reports.get(reports.size() - 1).note());
  }

  private void say(Set<Integer> said, int item, TaskReason reason) {
    if (said.add(item)) {
      labels.add(new Evidence.Labeled(item, new int[] {item % CLASSES}, reason));
    }
  }

  @Test
  void acceptedLabelsThatPeopleCheckedCountOnceForTheCoverage() {
    CampaignSettings settings = settings(1000, 2000).change().coverage(0.9).done();
    CampaignState.AcceptedSet accepted =
        new CampaignState.AcceptedSet(
            1, java.util.stream.IntStream.range(0, 600).toArray(), null, null, 0.95, 0.96, 50);
    CampaignState state =
        CampaignState.start(settings)
            .audited(CampaignState.start(settings).risk(), List.of(accepted), List.of());
    for (int item = 300; item < 800; item++) {
      labels.add(new Evidence.Labeled(item, new int[] {0}, TaskReason.MONITOR));
    }
    // 600 and 500, of which 300 are the same: 800 of 1,000
    Situation checked = new Situation(settings, state, new Evidence(labels, Set.of(), 500));
    assertEquals(null, checked.stop());
    for (int item = 800; item < 900; item++) {
      labels.add(new Evidence.Labeled(item, new int[] {0}, TaskReason.LOW_MARGIN));
    }
    Situation enough = new Situation(settings, state, new Evidence(labels, Set.of(), 600));
    assertEquals(StopReason.COVERAGE, enough.stop());
  }

  @Test
  void fewerLateItemsThanAnAuditMustLeaveGoToPeopleAtOnce() {
    CampaignSettings before = settings(6000, 12_000);
    CampaignState first =
        run(before, new ToyLearner(truth(6000), CLASSES), CampaignState.start(before));
    int asked = labels.size();
    CampaignSettings after = settings(6040, 12_000);
    CampaignState end = run(after, new ToyLearner(truth(6040), CLASSES), first.goingOn());
    assertEquals(StopReason.NOTHING_LEFT, end.stop());
    assertEquals(asked + 40, labels.size());
    assertEquals(first.round(), end.round(), "no model was trained for them");
  }
}
