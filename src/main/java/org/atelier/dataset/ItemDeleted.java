package org.atelier.dataset;

import java.util.List;
import java.util.UUID;

/**
 * Items were deleted for good. Fired as a CDI event inside the deleting transaction and published
 * to the outbox as {@code items-deleted}: whoever keeps something made from them removes it.
 *
 * @param version the version from which on they are missing
 * @param reason given by the person who deleted them
 */
public record ItemDeleted(
    UUID projectId, UUID datasetId, int version, List<UUID> itemIds, String reason) {

  public ItemDeleted {
    itemIds = List.copyOf(itemIds);
  }
}
