package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Progress FIRST = new Progress(0, 100, 0.8, 1);

  @Test
  void moreSafeItemsOrAHigherAccuracyAreProgress() {
    assertEquals(FIRST, Progress.after(null, true, FIRST));
    assertEquals(2, Progress.after(FIRST, false, new Progress(0, 101, 0.7, 2)).round());
    assertEquals(2, Progress.after(FIRST, false, new Progress(0, 0, 0.805, 2)).round());
    assertEquals(FIRST, Progress.after(FIRST, false, new Progress(0, 100, 0.804, 2)));
  }

  @Test
  void acceptedLabelsAreProgressAndBeginAnew() {
    Progress accepted = new Progress(60, 20, 0.6, 5);
    assertEquals(accepted, Progress.after(FIRST, true, accepted));
  }

  @Test
  void anAuditThatCorrectsTheEstimatesIsNoProgress() {
    assertEquals(
        new Progress(0, 10, 0.7, 1), Progress.after(FIRST, true, new Progress(0, 10, 0.7, 4)));
    assertEquals(
        new Progress(0, 300, 0.9, 1), Progress.after(FIRST, true, new Progress(0, 300, 0.9, 4)));
  }

  @Test
  void whatCouldBeCertifiedIsAuditedBeforeLearningEnds() {
    CampaignSettings settings =
        CampaignSettings.standard(6000, 4, false, 0.95, 0.05, 2000, 1, 3)
            .change()
            .patience(3)
            .done();
    Candidates.Forecast none = new Candidates.Forecast(0, 0);
    Candidates.Forecast some = new Candidates.Forecast(400, 150);
    String ask = "Ask people: more labels help.";
    assertEquals(ask, Timing.impatient(settings, ask, none, false, 2));
    assertEquals(
        "Stop: 3 rounds in a row brought no progress.",
        Timing.impatient(settings, ask, none, false, 3));
    assertTrue(Timing.impatient(settings, ask, some, false, 3).startsWith(Timing.AUDIT));
    assertTrue(Timing.impatient(settings, ask, some, true, 3).startsWith(Timing.STOP));
  }
}
