package org.atelier.dataset;

import java.util.UUID;

/**
 * A dataset has a new version. Fired as a CDI event inside the transaction that made it and
 * published to the outbox as {@code dataset-version-made}; a running job can take new items in.
 *
 * @param added items that the version before does not have
 */
public record DatasetVersionMade(UUID projectId, UUID datasetId, int number, int added) {}
