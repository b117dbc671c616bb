package org.atelier.learning.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.atelier.learning.loop.RoundFacts;
import org.junit.jupiter.api.Test;

class ChartsTest {

  @Test
  void theChartNamesTheDrawsOfTheCertifiedSetAsTheCertificateDoes() {
    RoundFacts.AuditFacts audit =
        new RoundFacts.AuditFacts(
            0.95,
            0.0405,
            "CERTIFIED",
            1_991,
            523,
            630,
            13,
            0,
            0.9516,
            0.99,
            0.969,
            1_468,
            7,
            List.of());
    RoundFacts facts =
        new RoundFacts(
            null, audit, null, null, 10_000, 1_800, 1_468, 1_800, 7, null, null, "Accepted.");
    assertEquals(
        "accepted 18.4 %: at least 95.1 % right, risk 4.1 %, 523 drawn",
        Charts.marker(facts, 8_000, false).get("label"));
  }
}
