package org.atelier.learning.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CertificateWriterTest {

  @Test
  void errorsStayWithTheMachineLabelsThatStandWhenRightOnesLeave() {
    // 10,000 accepted with at most 500 wrong; 1,000 of them were confirmed and count as human.
    Certificate.Counts counts = new Certificate.Counts(10_000, 1_000, 9_000, 0, 1_000, 0);
    assertEquals(
        (1_000 * 0.98 + 8_500) / 10_000,
        CertificateWriter.wholeAtLeast(counts, 0.02, 0.95, 10_000),
        1e-12);
    Certificate.Counts few = new Certificate.Counts(10_000, 9_900, 100, 0, 9_900, 0);
    assertEquals(0.99, CertificateWriter.wholeAtLeast(few, 0, 0.95, 10_000), 1e-12);
  }

  @Test
  void theSentenceNamesTheLabelsTheBoundIsAbout() {
    Certificate.Guarantee guarantee =
        new Certificate.Guarantee(
            Certificate.State.CERTIFIED, 0.95, 0.05, "", "", 0.9625, null, null, "", "", null);
    Certificate.Counts counts = new Certificate.Counts(12_500, 1_500, 11_000, 0, 1_600, 0);
    String all = CertificateWriter.sentence(counts, guarantee, 11_000);
    assertTrue(all.contains("96.2 % of the model's labels are right"), all);
    String some = CertificateWriter.sentence(counts, guarantee, 11_100);
    assertTrue(
        some.contains(
            "96.2 % of the 11,100 labels accepted from the model (100 of them looked at by"
                + " people, or deleted, since) are right"),
        some);
  }

  @Test
  void aWithdrawnCertificateNamesTheMachineLabelsThatStayWithoutAPromise() {
    Certificate.Guarantee guarantee =
        new Certificate.Guarantee(
            Certificate.State.WITHDRAWN, 0.95, 0.05, "", "", null, null, null, "", "", "10 of 10.");
    Certificate.Counts counts = new Certificate.Counts(1_500, 1_403, 97, 0, 1_403, 0);
    assertTrue(
        CertificateWriter.sentence(counts, guarantee, 1_380)
            .endsWith(
                "The certificate was withdrawn: 10 of 10. Nothing is promised about the model's"
                    + " 97 labels."));
  }

  @Test
  void aCertificateOnAnswersOfSimulatedPeopleSaysSoFirst() {
    Certificate.Guarantee guarantee =
        new Certificate.Guarantee(
            Certificate.State.CERTIFIED, 0.95, 0.05, "", "", 0.9625, null, null, "", "", null);
    Certificate.Counts counts = new Certificate.Counts(12_500, 1_500, 11_000, 0, 1_600, 1_590);
    assertTrue(
        CertificateWriter.sentence(counts, guarantee, 11_000)
            .startsWith(
                "Rehearsal: 1,590 of 1,600 answers were given by simulated people. 1,500 of"
                    + " 12,500 items were labelled by people"));
  }
}
