package org.atelier.dataset;

import java.time.Instant;
import java.util.UUID;

/**
 * A dataset with its newest version.
 *
 * @param latestVersion 0 while the first import has not finished
 * @param itemCount items in the newest version that still exist
 */
public record DatasetView(
    UUID id,
    UUID projectId,
    String name,
    ItemKind kind,
    String description,
    int latestVersion,
    int itemCount,
    Instant createdAt) {}
