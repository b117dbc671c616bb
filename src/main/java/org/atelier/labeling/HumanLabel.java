package org.atelier.labeling;

import java.time.Instant;
import java.util.UUID;

/**
 * A current human label.
 *
 * @param classes chosen class indexes, ascending
 * @param confidence 0 to 1 by the job's consolidation method, 0 with one answer
 * @param answers answers it rests on, at least 1
 * @param reason why the item was asked; {@link TaskReason#DECIDED} when the label is somebody's
 *     decision
 * @param round round it was asked in, 0 for the first batch
 * @param at when the label was made
 * @param blind whether everybody who said it saw nothing but the item: neither a decision in view
 *     of the machine's label, nor an answer with the machine's opinion shown
 */
public record HumanLabel(
    UUID itemId,
    int[] classes,
    double confidence,
    int answers,
    TaskReason reason,
    int round,
    Instant at,
    boolean blind) {}
