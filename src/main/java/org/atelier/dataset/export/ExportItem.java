package org.atelier.dataset.export;

import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ViewRef;

/**
 * An item on its way out.
 *
 * @param metadata JSON object as stored
 * @param line manifest line it came from, or null
 * @param known known labels of the version, null when unknown
 * @param knownSource who gave the known labels, null when they came with the data
 * @param knownJob the job that gave them, null when they came with the data
 * @param label from the label source, null when it has none
 */
record ExportItem(
    UUID id,
    int ordinal,
    String externalId,
    String text,
    String metadata,
    String line,
    List<ViewRef> views,
    List<String> known,
    ItemLabel.Source knownSource,
    UUID knownJob,
    ItemLabel label) {}
