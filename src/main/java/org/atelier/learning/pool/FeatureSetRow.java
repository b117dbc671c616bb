package org.atelier.learning.pool;

import java.util.UUID;

/**
 * Features of a dataset's pool under one featurizer, as the database has them.
 *
 * @param method name of the method that computes them
 * @param digest SHA-256 of everything that decides the values but the items
 * @param learnedSha256 stored object with what the method learned; null for sets of an older
 *     installation, to which nothing can be added
 */
record FeatureSetRow(
    UUID id,
    UUID projectId,
    UUID datasetId,
    String method,
    String digest,
    String description,
    FeatureMethod.Layout layout,
    int columnCount,
    int antisymmetricFrom,
    String learnedSha256) {}
