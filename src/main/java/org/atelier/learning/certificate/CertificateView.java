package org.atelier.learning.certificate;

import java.time.Instant;
import java.util.UUID;
import org.atelier.platform.evidence.SignedJson;

/**
 * A certificate as it stands.
 *
 * @param digest SHA-256 of its JSON document, 64 hexadecimal characters
 * @param signature whether its signature stands; null where it was not checked
 * @param signedBy id of the evidence key it was signed with, null without a signature
 * @param affectedAt when items it counts were first deleted; null while all are there
 * @param affectedItems how many of them were deleted since
 */
public record CertificateView(
    UUID jobId,
    Certificate document,
    String digest,
    SignedJson.Verdict signature,
    String signedBy,
    Instant affectedAt,
    int affectedItems) {

  /** The same after its signature was checked. */
  CertificateView checked(SignedJson.Check check) {
    return new CertificateView(
        jobId, document, digest, check.verdict(), check.keyId(), affectedAt, affectedItems);
  }
}
