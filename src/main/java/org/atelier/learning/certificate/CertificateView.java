package org.atelier.learning.certificate;

import java.time.Instant;
import java.util.UUID;

/**
 * A certificate as it stands.
 *
 * @param digest SHA-256 of its JSON document, 64 hexadecimal characters
 * @param affectedAt when items it counts were first deleted; null while all are there
 * @param affectedItems how many of them were deleted since
 */
public record CertificateView(
    UUID jobId, Certificate document, String digest, Instant affectedAt, int affectedItems) {}
