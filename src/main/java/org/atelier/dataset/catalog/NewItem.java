package org.atelier.dataset.catalog;

import java.util.List;
import org.atelier.dataset.ViewRef;

/**
 * An item about to be written.
 *
 * @param row its number in the source
 * @param metadata JSON object with sorted keys
 * @param labels null when not known
 * @param line manifest line it came from, or null
 * @param digest of the content: text or pictures, and metadata; 32 bytes
 */
public record NewItem(
    long row,
    String externalId,
    String text,
    String metadata,
    List<String> labels,
    String line,
    byte[] digest,
    List<ViewRef> views) {}
