package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CampaignSettingsTest {
  private final CampaignSettings usual =
      CampaignSettings.standard(60_000, 10, false, 0.95, 0.05, 12_000, 1, 4);

  @Test
  void aChangeTouchesOnlyWhatItNames() {
    CampaignSettings changed = usual.change().strategy("random").batch(7).done();
    assertEquals("random", changed.strategy());
    assertEquals(7, changed.batch());
    assertEquals(usual, changed.change().strategy("margin").batch(usual.batch()).done());
  }

  @Test
  void theWholeDatasetNeedsTheErrorOfPeople() {
    CampaignSettings whole = usual.change().wholeDataset(0.02).done();
    assertEquals(CampaignSettings.Scope.DATASET, whole.scope());
    assertEquals(0.02, whole.humanError());
  }

  @Test
  void aChangeOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> usual.change().batch(0).done());
    assertThrows(IllegalArgumentException.class, () -> usual.change().coverage(1.5).done());
  }

  @Test
  void startAndBatchesFollowPoolAndBudget() {
    // 1 % of 60,000; a twentieth and a hundredth of 12,000, the last held at 50
    assertEquals(600, usual.randomStart());
    assertEquals(600, usual.batch());
    assertEquals(50, usual.auditBatch());
  }
}
