package org.atelier.dataset.intake;

import java.util.UUID;

/** Where an import stands. */
record ImportRow(
    UUID id,
    UUID projectId,
    UUID datasetId,
    String spec,
    String sourceName,
    String state,
    int pendingVersion,
    int firstOrdinal,
    String chain,
    int labeled,
    long rowsDone,
    int added,
    int present,
    int refused,
    boolean takingBack) {}
