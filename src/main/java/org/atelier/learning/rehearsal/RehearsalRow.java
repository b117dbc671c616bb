package org.atelier.learning.rehearsal;

import java.time.Instant;
import java.util.UUID;

/** A rehearsal as stored; settings and report as JSON text. */
record RehearsalRow(
    UUID id,
    UUID projectId,
    UUID datasetId,
    int datasetVersion,
    String settings,
    String report,
    String refusal,
    UUID workId,
    Instant createdAt,
    Instant finishedAt) {}
