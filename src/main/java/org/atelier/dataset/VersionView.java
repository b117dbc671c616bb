package org.atelier.dataset;

import java.time.Instant;
import java.util.UUID;

/**
 * An immutable version of a dataset.
 *
 * @param digest SHA-256 over its items in order of their ordinals, 64 lower-case hexadecimal
 *     characters; the same items and labels give the same digest however they were imported
 * @param itemCount items when the version was made
 * @param erasedCount items of the version that were deleted since; they are not read any more
 * @param added items this version has and the one before has not
 * @param removed items the one before has and this version has not
 * @param labeled items with known labels
 * @param labeledByPeople of them, items whose label people of a job gave
 * @param labeledByMachine of them, items whose label the machine of a job gave; what is neither
 *     came with the data
 * @param labeledByMachineAlone of these, items that had no other label before
 */
public record VersionView(
    UUID datasetId,
    int number,
    String digest,
    int itemCount,
    int erasedCount,
    int added,
    int removed,
    int labeled,
    int labeledByPeople,
    int labeledByMachine,
    int labeledByMachineAlone,
    String note,
    Instant createdAt) {}
