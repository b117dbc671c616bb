package org.atelier.dataset.intake;

/**
 * A row that could not be taken.
 *
 * @param rowNumber line of a text file, else position of the item
 * @param part 0, 1, … for several reasons of one row
 * @param externalId null when not known
 */
public record RefusedRow(long rowNumber, int part, String externalId, String reason) {}
