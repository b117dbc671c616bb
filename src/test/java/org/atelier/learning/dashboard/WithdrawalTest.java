package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.loop.RoundFacts;
import org.atelier.learning.loop.RoundRow;
import org.junit.jupiter.api.Test;

class WithdrawalTest {

  @Test
  void labelsThatStayAreCountedAndSaidToCarryNoPromise() {
    Withdrawal withdrawal = new Withdrawal(1_380, 97, false);
    assertEquals(
        "Of the 1,380 labels accepted from the model 1,283 no longer stand: they were taken back,"
            + " or people labelled the items themselves.",
        withdrawal.gone());
    assertEquals(
        "The 97 labels of the model that stay carry no promise any more.",
        withdrawal.remain() + " " + withdrawal.unpromised());
    assertTrue(withdrawal.rest().contains("people label the rest"));
  }

  @Test
  void nobodyIsSaidToLabelTheRestOfAJobThatIsOver() {
    assertFalse(new Withdrawal(1_380, 97, true).rest().contains("label the rest"));
  }

  @Test
  void nothingStaysWhereEveryLabelWasTakenBack() {
    Withdrawal withdrawal = new Withdrawal(400, 0, false);
    assertTrue(withdrawal.gone().startsWith("None of the 400 labels accepted"));
    assertNull(withdrawal.remain());
  }

  @Test
  void whereAllStayNothingIsSaidToBeGone() {
    assertNull(new Withdrawal(400, 400, true).gone());
  }

  @Test
  void theWatchOfAWithdrawnCertificateDidNotEndWithTheJob() {
    Certificate.Watch watch = new Certificate.Watch(10, 10, 1, 0.9);
    String withdrawn = QualityReading.watchAtTheEnd(watch, guarantee(Certificate.State.WITHDRAWN));
    assertFalse(withdrawn.contains("The job ended"), withdrawn);
    assertTrue(withdrawn.endsWith("The certificate was withdrawn."), withdrawn);
    String certified = QualityReading.watchAtTheEnd(watch, guarantee(Certificate.State.CERTIFIED));
    assertTrue(certified.endsWith("The job ended before more labels could be drawn."), certified);
  }

  private static Certificate.Guarantee guarantee(Certificate.State state) {
    return new Certificate.Guarantee(
        state, 0.95, 0.05, "MACHINE", null, null, null, null, "", "", null);
  }

  @Test
  void theCoverageOfAWithdrawnCertificateShowsNoBound() {
    String stands = marker(false);
    assertTrue(stands.contains("at least 95.0 % right"), stands);
    assertEquals("accepted 40.0 %, withdrawn since: nothing is promised", marker(true));
  }

  private static String marker(boolean withdrawn) {
    RoundFacts.Training training =
        new RoundFacts.Training(
            100,
            100L,
            0.9,
            50,
            0.9,
            420,
            20,
            0.97,
            1_000,
            List.of(new RoundReport.CurvePoint(500, 0.96)),
            1);
    RoundFacts.AuditFacts audit =
        new RoundFacts.AuditFacts(
            0.95, 0.02, "CERTIFIED", 420, 20, 20, 0, 0, 0.95, 0.99, 0.97, 400, 1, null);
    RoundFacts facts =
        new RoundFacts(training, audit, null, null, 1_100, 100, 400, 100, 1, "", null, null);
    RoundRow round = new RoundRow(1, null, facts, Instant.EPOCH, Instant.EPOCH);
    Map<?, ?> marker = (Map<?, ?>) Charts.coverage(List.of(round), 0.95, withdrawn).get("marker");
    return (String) marker.get("label");
  }
}
