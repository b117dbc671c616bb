package org.atelier.learning.loop;

import java.time.Instant;
import java.util.UUID;

/**
 * One step of a learning loop.
 *
 * @param number from 0
 * @param directiveSha256 stored object that says what the step does
 * @param stateSha256 stored state of the campaign after it
 * @param modelSha256 stored model that was trained in it, or null
 * @param appliedAt null while it is only planned
 */
record StepRow(
    UUID jobId,
    int number,
    int round,
    LearnerPhase phase,
    String directiveSha256,
    String stateSha256,
    String modelSha256,
    Instant plannedAt,
    Instant appliedAt) {}
