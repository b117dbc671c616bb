package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.campaign.RoundObserver;
import org.atelier.learning.campaign.StopReason;
import org.atelier.learning.certify.Outcome;
import org.junit.jupiter.api.Test;

class WatchingTest {

  private static final int ACCEPTED = 400;

  private final CampaignSettings settings =
      CampaignSettings.standard(600, 4, false, 0.95, 0.05, 600, 1, 7);
  private final List<Evidence.Labeled> said = new ArrayList<>();

  @Test
  void nothingIsWatchedBeforeAnythingIsAccepted() {
    Watching.Result result =
        Watching.turn(null, CampaignState.start(settings), settings, heard(), 0, 7);
    assertNull(result.watch());
    assertNull(result.turn());
  }

  @Test
  void acceptedLabelsThatPeopleAllGaveThemselvesNeedNoWatch() {
    for (int row = 0; row < ACCEPTED; row++) {
      said.add(new Evidence.Labeled(row, new int[] {0}, TaskReason.LOW_MARGIN));
    }
    Watching.Result result = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    assertNull(result.watch());
    assertNull(result.turn());
  }

  @Test
  void acceptedLabelsAreDrawnAFewAtATimeAndWaitedFor() {
    Watching.Result first = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    assertEquals(10, first.turn().asks().length);
    Watching.Result second = Watching.turn(first.watch(), accepted(), settings, heard(), 0, 7);
    assertNull(second.turn());
  }

  @Test
  void rightLabelsKeepTheCertificate() {
    Watching.Result result = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    for (int look = 0; look < 20 && result.turn() != null; look++) {
      answer(result, 0);
      result = Watching.turn(result.watch(), accepted(), settings, heard(), 0, 7);
      assertTrue(!result.watch().withdrawn());
    }
  }

  @Test
  void wrongLabelsWithdrawTheCertificateAndReopenDoubtfulOnes() {
    Watching.Result result = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    int looks = 0;
    while (!result.watch().withdrawn() && looks++ < 20) {
      answer(result, 1);
      result = Watching.turn(result.watch(), accepted(), settings, heard(), 0, 7);
    }
    assertTrue(result.watch().withdrawn(), "after " + said.size() + " wrong ones");
    assertNotNull(result.turn().withdrawnWhy());
    assertTrue(result.turn().reopened().length > 0);
    assertNull(Watching.turn(result.watch(), accepted(), settings, heard(), 0, 7).turn());
  }

  @Test
  void theLastAcceptanceIsWatchedOnceAlsoWhenTheCampaignHasEnded() {
    Watching.Result first = Watching.turn(null, ended(), settings, heard(0), 0, 7);
    assertEquals(10, first.turn().asks().length);
    answer(first, 0);
    assertNull(Watching.turn(first.watch(), ended(), settings, heard(0), 0, 7).turn());
  }

  @Test
  void afterTheEndDrawsKeepPaceWithWhatPeopleStillLabel() {
    Watching.Result result = Watching.turn(null, ended(), settings, heard(30), 0, 7);
    answer(result, 0);
    // 10 for the acceptance and 4 % of what people said, the draws included: 10 are below, 15 not
    result = Watching.turn(result.watch(), ended(), settings, heard(30), 0, 7);
    assertEquals(5, result.turn().asks().length);
    answer(result, 0);
    result = Watching.turn(result.watch(), ended(), settings, heard(30), 0, 7);
    assertNull(result.turn(), "15 draws are more than 10 + 0.04 · 15");
    for (int row = 400; row < 560; row++) {
      said.add(new Evidence.Labeled(row, new int[] {1}, TaskReason.LOW_MARGIN));
    }
    result = Watching.turn(result.watch(), ended(), settings, heard(30), 0, 7);
    assertEquals(5, result.turn().asks().length, "15 draws are less than 10 + 0.04 · 175");
  }

  @Test
  void aCertificateInDoubtIsDrawnFromUntilItIsSettledAlsoWhenNothingElseIsAsked() {
    Watching.Result result = Watching.turn(null, ended(), settings, heard(0), 0, 7);
    for (int i = 0; i < 10; i++) {
      say(result.turn().asks()[i], i < 2 ? 1 : 0);
    }
    result = Watching.turn(result.watch(), ended(), settings, heard(0), 0, 7);
    assertTrue(result.report().supportedAtRisk() > settings.risk(), "two of ten are wrong");
    assertTrue(!result.report().withdrawn());
    assertEquals(25, result.turn().asks().length);
    int looks = 0;
    while (result.turn() != null && looks++ < 20) {
      answer(result, 0);
      result = Watching.turn(result.watch(), ended(), settings, heard(0), 0, 7);
    }
    assertTrue(result.report().supportedAtRisk() <= settings.risk(), "the others are right");
    assertTrue(said.size() < ACCEPTED, said.size() + " draws");
  }

  @Test
  void aCertificateInDoubtStaysSoWhenTheBudgetIsSpent() {
    Watching.Result result = Watching.turn(null, ended(), settings, heard(0), 0, 7);
    for (int i = 0; i < 10; i++) {
      say(result.turn().asks()[i], i < 2 ? 1 : 0);
    }
    CampaignSettings spent = CampaignSettings.standard(600, 4, false, 0.95, 0.05, 10, 1, 7);
    result = Watching.turn(result.watch(), ended(), spent, heard(0), 0, 7);
    assertTrue(result.report().supportedAtRisk() > settings.risk());
    assertNull(result.turn());
  }

  @Test
  void whatTheCampaignAsksInTheSameStepComesOutOfTheSameBudget() {
    CampaignSettings small = CampaignSettings.standard(600, 4, false, 0.95, 0.05, 12, 1, 7);
    Watching.Result result = Watching.turn(null, accepted(), small, heard(), 8, 7);
    assertEquals(4, result.turn().asks().length, "12 answers, of which 8 are asked");
    assertNull(Watching.turn(null, accepted(), small, heard(), 12, 7).turn());
  }

  @Test
  void aFurtherAcceptanceLeavesADoubtWhereItStood() {
    Watching.Result first = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    for (int i = 0; i < 10; i++) {
      say(first.turn().asks()[i], i < 2 ? 1 : 0);
    }
    Watching.Result doubted = Watching.turn(first.watch(), accepted(), settings, heard(), 0, 7);
    double risk = doubted.report().supportedAtRisk();
    assertTrue(risk > settings.risk());
    Watching.Result waiting = Watching.turn(doubted.watch(), twice(), settings, heard(), 0, 7);
    assertEquals(1, waiting.watch().sets(), "25 draws wait for their answers");
    answer(doubted, 0);
    Watching.Result judged = Watching.turn(doubted.watch(), accepted(), settings, heard(), 0, 7);
    double settled = judged.report().supportedAtRisk();
    Watching.Result second = Watching.turn(waiting.watch(), twice(), settings, heard(), 0, 7);
    assertEquals(2, second.watch().sets());
    assertEquals(35, second.watch().drawnBefore());
    assertEquals(settled, second.report().supportedAtRisk(), 1e-9);
    assertTrue(settled > settings.risk() && settled < risk, risk + " to " + settled);
    assertEquals(25, second.turn().asks().length, "still in doubt");
  }

  /** The 400 labels, and the other 200 accepted after them. */
  private CampaignState twice() {
    CampaignState once = accepted();
    int[] items = new int[200];
    int[][] labels = new int[200][];
    float[] errors = new float[200];
    Arrays.setAll(items, i -> ACCEPTED + i);
    Arrays.setAll(labels, i -> new int[] {0});
    Arrays.fill(errors, 0.01f);
    CampaignState.AcceptedSet more =
        new CampaignState.AcceptedSet(2, items, labels, errors, 0.955, 0.98, 60);
    return new CampaignState(
        once.phase(),
        2,
        List.of(),
        once.risk().grant(0.75),
        null,
        List.of(once.accepted().get(0), more),
        120,
        List.of(),
        List.of(),
        null,
        null,
        0,
        0,
        null);
  }

  private CampaignState ended() {
    CampaignState state = accepted();
    return new CampaignState(
        CampaignState.Phase.DONE,
        state.round(),
        List.of(),
        state.risk(),
        null,
        state.accepted(),
        state.auditAnswers(),
        List.of(),
        List.of(),
        StopReason.NO_PROGRESS,
        null,
        0,
        0,
        null);
  }

  @Test
  void whatSomebodyInChargeDecidedIsNoOutcome() {
    Watching.Result result = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    for (int look = 0; look < 20 && result.turn() != null; look++) {
      for (int row : result.turn().asks()) {
        said.add(new Evidence.Labeled(row, new int[] {1}, TaskReason.DECIDED));
      }
      result = Watching.turn(result.watch(), accepted(), settings, heard(), 0, 7);
    }
    assertTrue(said.size() >= 50, "draws go on: " + said.size());
    assertTrue(!result.watch().withdrawn(), "corrected by the manager, all of them");
    assertTrue(
        result.watch().state().outcomes().stream()
            .allMatch(one -> one == Outcome.VOID || one == Outcome.OPEN));
  }

  @Test
  void whatWasAnsweredWithTheModelsOpinionInViewIsNoOutcome() {
    Watching.Result result = Watching.turn(null, accepted(), settings, heard(), 0, 7);
    for (int row : result.turn().asks()) {
      said.add(new Evidence.Labeled(row, new int[] {1}, TaskReason.MONITOR, false));
    }
    result = Watching.turn(result.watch(), accepted(), settings, heard(), 0, 7);
    assertTrue(
        result.watch().state().outcomes().stream()
            .allMatch(one -> one == Outcome.VOID || one == Outcome.OPEN));
  }

  private void answer(Watching.Result result, int label) {
    for (int row : result.turn().asks()) {
      say(row, label);
    }
  }

  private void say(int row, int label) {
    said.add(new Evidence.Labeled(row, new int[] {label}, TaskReason.MONITOR));
  }

  private EvidenceReader.Heard heard() {
    return heard(0);
  }

  private EvidenceReader.Heard heard(long open) {
    return new EvidenceReader.Heard(
        new Evidence(said, Set.of(), said.size()),
        Set.of(),
        new QueueDepth(open, 0, said.size(), 0, said.size()),
        null);
  }

  /** 400 labels of class 0, the last ones less sure than the first. */
  private CampaignState accepted() {
    int[] items = new int[ACCEPTED];
    int[][] labels = new int[ACCEPTED][];
    float[] errors = new float[ACCEPTED];
    Arrays.setAll(items, i -> i);
    Arrays.setAll(labels, i -> new int[] {0});
    for (int i = 0; i < ACCEPTED; i++) {
      errors[i] = 0.001f + 0.05f * i / ACCEPTED;
    }
    CampaignState start = CampaignState.start(settings);
    return new CampaignState(
        CampaignState.Phase.LABELING,
        1,
        List.of(),
        start.risk().grant(0.75),
        null,
        List.of(new CampaignState.AcceptedSet(1, items, labels, errors, 0.955, 0.98, 60)),
        60,
        List.of(),
        List.of(),
        null,
        null,
        0,
        0,
        null);
  }

  @Test
  void oneItemThatSomebodyHoldsDoesNotKeepTheWatchDrawing() {
    CampaignSettings all = CampaignSettings.standard(600, 4, false, 0.95, 0.05, 1200, 1, 7);
    for (int row = ACCEPTED; row < 599; row++) {
      said.add(new Evidence.Labeled(row, new int[] {1}, TaskReason.LOW_MARGIN));
    }
    Campaign campaign = new Campaign(all, null, () -> 0, RoundObserver.NONE);
    CampaignState state = accepted();
    Watch watch = null;
    int drawn = 0;
    for (int step = 0; step < 60; step++) {
      Evidence evidence = new Evidence(said, Set.of(599), Set.of(599), said.size() + 1, List.of());
      Campaign.Turn turn = campaign.step(state, evidence);
      assertEquals(
          List.of(599), turn.directive().asks().stream().map(Directive.Ask::item).toList());
      QueueDepth depth = new QueueDepth(1, 1, said.size(), 0, said.size());
      EvidenceReader.Heard heard = new EvidenceReader.Heard(evidence, Set.of(), depth, null);
      Watching.Result result = Watching.turn(watch, turn.state(), all, heard, 1, 7);
      state = turn.state();
      watch = result.watch();
      if (result.turn() != null) {
        for (int row : result.turn().asks()) {
          say(row, 0);
          drawn++;
        }
      }
    }
    // 10 for the acceptance, and 4 % of some 200 labels
    assertTrue(drawn >= 10 && drawn <= 25, "drawn " + drawn);
  }

  @Test
  void acceptedLabelsThatSomebodyHoldsAreNotAskedForAgain() {
    for (int row = ACCEPTED; row < 600; row++) {
      said.add(new Evidence.Labeled(row, new int[] {1}, TaskReason.LOW_MARGIN));
    }
    CampaignSettings all = CampaignSettings.standard(600, 4, false, 0.95, 0.05, 1200, 1, 7);
    Evidence evidence = new Evidence(said, Set.of(3), Set.of(3), said.size() + 1, List.of());
    Campaign.Turn turn =
        new Campaign(all, null, () -> 0, RoundObserver.NONE).step(accepted(), evidence);
    assertEquals(StopReason.NOTHING_LEFT, turn.directive().stop());
  }
}
