package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.Audit;
import org.atelier.learning.certify.AuditReport;
import org.junit.jupiter.api.Test;

class AuditLookTest {

  private static final int ITEMS = 3_000;
  private static final int CLASSES = 4;
  private static final int HELD = 100;

  private final List<Evidence.Labeled> labels = new ArrayList<>();
  private final Set<Integer> said = new HashSet<>();
  private int held;

  @Test
  void whatIsShownOfAnAuditIsWhatAcceptedAlsoWhenPeopleLabelledCandidatesMeanwhile() {
    int[] truth = new int[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      truth[i] = i % CLASSES;
    }
    CampaignSettings settings =
        CampaignSettings.standard(ITEMS, CLASSES, false, 0.95, 0.05, 2 * ITEMS, 1, 3);
    Campaign campaign =
        new Campaign(settings, new ToyLearner(truth, CLASSES), () -> 0, RoundObserver.NONE);
    CampaignState state = CampaignState.start(settings);
    CampaignState before = state;
    for (int turn = 0; turn < 1000 && state.accepted().isEmpty(); turn++) {
      before = state;
      Campaign.Turn next = campaign.step(state, evidence());
      state = next.state();
      if (state.accepted().isEmpty()) {
        next.directive().asks().forEach(ask -> say(ask.item(), ask.reason()));
        holdersOfCandidatesAnswer(state);
      }
    }
    AuditReport report = AuditLook.at(before.audit(), evidence()).report();
    AuditReport.CandidateSet shown = report.sets().get(report.certified());
    CampaignState.AcceptedSet accepted = state.accepted().get(0);
    assertEquals(accepted.lower(), shown.accuracyAtLeast());
    assertEquals(accepted.items().length, shown.remaining());
    assertEquals(accepted.audited(), shown.drawn());
    AuditReport blind = Audit.evaluate(AuditTurn.answered(before.audit(), evidence()).state());
    assertNotEquals(
        shown.accuracyAtLeast(),
        blind.sets().get(report.certified()).accuracyAtLeast(),
        "without them the bound would be too high");
    assertTrue(shown.accuracyAtLeast() >= 0.95);
  }

  /**
   * People who held candidates when the audit was opened answer them late, when it has drawn twice
   * and is not begun again; each is right.
   */
  private void holdersOfCandidatesAnswer(CampaignState state) {
    if (state.audit() == null
        || state.audit().state().batches().size() < 2
        || state.round() == held) {
      return;
    }
    held = state.round();
    Set<Integer> drawn = new HashSet<>();
    state.audit().state().draws().forEach(draw -> drawn.add(state.audit().items()[draw.item()]));
    int given = 0;
    for (int item : state.audit().items()) {
      if (given < HELD && !drawn.contains(item) && !said.contains(item)) {
        say(item, TaskReason.LOW_MARGIN);
        given++;
      }
    }
  }

  private void say(int item, TaskReason reason) {
    if (said.add(item)) {
      labels.add(new Evidence.Labeled(item, new int[] {item % CLASSES}, reason));
    }
  }

  private Evidence evidence() {
    return new Evidence(labels, Set.of(), labels.size());
  }
}
