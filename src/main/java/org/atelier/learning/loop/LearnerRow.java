package org.atelier.learning.loop;

import java.time.Instant;
import java.util.UUID;

/**
 * The learning loop of one job.
 *
 * @param running whether the job runs; steps are taken only then
 * @param phaseReason why it is in this phase, null when the phase says it all
 * @param featureSetId features it reads, null before they are computed
 * @param round rounds finished
 * @param step steps applied
 * @param stateSha256 stored state of the campaign after those steps, null before the first
 * @param settledAtStep tasks settled or given up when the newest step was applied
 * @param openAfterStep tasks open after it
 * @param reserveUsed items of the round's reserve asked since
 * @param workId newest work of this loop, null before any
 * @param withdrawnAt when the certificate was withdrawn, null while it stands
 * @param revision counts every change a page can show
 */
public record LearnerRow(
    UUID jobId,
    UUID projectId,
    boolean running,
    LearnerPhase phase,
    String phaseReason,
    Instant phaseSince,
    UUID datasetId,
    int datasetVersion,
    UUID featureSetId,
    int round,
    int step,
    String stateSha256,
    long settledAtStep,
    long openAfterStep,
    int reserveUsed,
    UUID workId,
    Instant withdrawnAt,
    String withdrawnWhy,
    long revision) {}
