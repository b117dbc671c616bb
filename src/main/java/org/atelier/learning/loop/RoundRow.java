package org.atelier.learning.loop;

import java.time.Instant;

/**
 * One round of a job.
 *
 * @param modelSha256 digest of the round's stored model, null without one
 */
public record RoundRow(
    int number, String modelSha256, RoundFacts facts, Instant startedAt, Instant changedAt) {}
