package org.atelier.dataset;

import java.util.UUID;

/**
 * Which item an external id names.
 *
 * @param ordinal position in its dataset, from 0; never reused
 */
public record ItemName(UUID id, int ordinal, String externalId) {}
