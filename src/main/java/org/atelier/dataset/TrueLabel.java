package org.atelier.dataset;

import java.util.List;
import java.util.UUID;

/**
 * The newest label of an item that no machine gave.
 *
 * @param labels names; null when no label is known but a machine's, or none at all
 * @param byPeople whether people of a job gave it; otherwise it came with the data
 * @param insteadOfMachine whether the version has the label of a machine in its place
 */
public record TrueLabel(
    UUID itemId, List<String> labels, boolean byPeople, boolean insteadOfMachine) {}
