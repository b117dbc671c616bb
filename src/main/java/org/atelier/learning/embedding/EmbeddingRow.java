package org.atelier.learning.embedding;

import java.time.Instant;
import java.util.UUID;

/**
 * The embeddings of a dataset.
 *
 * @param contentDigest SHA-256 of what was taken when it was read; deletions do not change it
 * @param valuesSha256 object with the records
 * @param columnCount numbers per item, at least 1
 * @param report the {@link EmbeddingReport} as JSON
 * @param refusedSha256 object with every refused row as CSV; null when none was refused
 */
record EmbeddingRow(
    UUID datasetId,
    UUID projectId,
    String contentDigest,
    String valuesSha256,
    int columnCount,
    String report,
    String refusedSha256,
    Instant readAt) {}
