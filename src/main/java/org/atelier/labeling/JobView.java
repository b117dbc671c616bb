package org.atelier.labeling;

import java.time.Instant;
import java.util.UUID;
import org.atelier.dataset.ItemKind;

/**
 * A job as others see it.
 *
 * @param revision counts every change; given back with a change to notice another one in between
 * @param stateReason why it came into this state, in words; for a draft what it could not take over
 *     from the job it is a copy of, else null
 * @param items items of the dataset version the job is about
 * @param seed where all chance of the job comes from
 * @param byHandReason why a job that wanted learning runs by hand, null otherwise
 * @param resultVersion dataset version its labels became, null before completion
 * @param copiedFrom job it was cloned from, or null
 * @param startedAt null for a draft
 * @param finishedAt null while it is not finished
 */
public record JobView(
    UUID id,
    UUID projectId,
    int revision,
    JobState state,
    String stateReason,
    Instant stateSince,
    JobSettings settings,
    ItemKind itemKind,
    int items,
    long seed,
    String byHandReason,
    Integer resultVersion,
    UUID copiedFrom,
    UUID createdBy,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {}
