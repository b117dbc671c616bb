package org.atelier.dataset;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An item as other features see it.
 *
 * @param ordinal position in its dataset, counted from 0 in order of arrival; never reused
 * @param externalId the owner's name of the item, unique in its dataset
 * @param text null for pictures
 * @param views empty for texts, at least one otherwise, in the owner's order
 * @param metadata what is shown beside the item, in the order of its keys
 * @param knownLabels labels that came with the data or with the asked version; null when unknown,
 *     empty when known to have none
 */
public record ItemRow(
    UUID id,
    UUID datasetId,
    int ordinal,
    String externalId,
    ItemKind kind,
    String text,
    List<ViewRef> views,
    Map<String, Object> metadata,
    List<String> knownLabels) {}
