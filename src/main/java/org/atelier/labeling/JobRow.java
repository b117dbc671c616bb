package org.atelier.labeling;

import java.time.Instant;
import java.util.UUID;

/**
 * A job in a list.
 *
 * @param humanLabels items with a current human label
 * @param machineLabels items with a current machine label
 */
public record JobRow(
    UUID id,
    String title,
    JobState state,
    Instant stateSince,
    UUID datasetId,
    int datasetVersion,
    int items,
    int humanLabels,
    int machineLabels) {}
