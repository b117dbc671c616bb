package org.atelier.learning.loop;

import java.time.Instant;
import java.util.UUID;
import org.atelier.learning.campaign.StopReason;

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
 * @param stop why learning ended, null while it goes on
 * @param startJobId earlier job whose model this one starts from, null without
 * @param startNote why the wished start was not possible, null when it was
 * @param progressSeen answers and declines when a look last saw that number change
 * @param progressAt when that was, null before the first look
 * @param withdrawnAt when the certificate was withdrawn, null while it stands
 * @param refused whether the job rests because what it promises cannot be kept
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
    StopReason stop,
    UUID startJobId,
    Integer startRound,
    String startModelSha256,
    String startNote,
    long progressSeen,
    Instant progressAt,
    Instant withdrawnAt,
    String withdrawnWhy,
    boolean refused,
    long revision) {}
