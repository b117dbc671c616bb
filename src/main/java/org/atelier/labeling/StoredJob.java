package org.atelier.labeling;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.atelier.dataset.ItemKind;

/** The columns of a job's row that make its view. */
record StoredJob(
    UUID id,
    UUID projectId,
    int revision,
    JobState state,
    String stateReason,
    Instant stateSince,
    String title,
    UUID datasetId,
    int datasetVersion,
    ItemKind itemKind,
    int items,
    TaskType taskType,
    String instructions,
    int answersPerItem,
    int mostAnswers,
    String method,
    boolean submitOnChoice,
    boolean showSuggestions,
    int leaseSeconds,
    int graceSeconds,
    boolean learning,
    double target,
    GuaranteeScope scope,
    double risk,
    int batchSize,
    String learningOptions,
    Integer budgetAnswers,
    Integer budgetRounds,
    BigDecimal answerPrice,
    String currency,
    long seed,
    String byHandReason,
    Integer resultVersion,
    UUID copiedFrom,
    UUID createdBy,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {}
