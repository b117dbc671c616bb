package org.atelier.labeling;

import java.util.UUID;

/**
 * A label by a machine.
 *
 * @param classes chosen class indexes, ascending; exactly one for single-label
 * @param confidence 0 to 1, more is surer; never compared with a human label's
 */
public record MachineLabel(UUID itemId, int[] classes, double confidence) {}
