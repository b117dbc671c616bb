package org.atelier.learning.pool;

import java.util.UUID;

/** Features of a pool's first rows under one featurizer, as the database has them. */
record FeatureSetRow(
    UUID id,
    UUID projectId,
    UUID datasetId,
    String digest,
    String description,
    int rowCount,
    FeatureMethod.Layout layout,
    int columnCount,
    int antisymmetricFrom,
    String valuesSha256) {}
