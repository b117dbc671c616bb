package org.atelier.dataset.format;

import java.util.List;
import java.util.Map;

/**
 * One item as its file gives it.
 *
 * @param number of the row, from 1; refused rows have numbers too
 * @param externalId null when the file names none: then the content names it
 * @param text null for pictures
 * @param views empty for texts
 * @param metadata shown beside the item, in file order
 * @param labels known labels, null when the file gives none
 * @param line the manifest line it came from, kept to be written out unchanged; else null
 */
public record SourceRow(
    long number,
    String externalId,
    String text,
    List<SourceView> views,
    Map<String, Object> metadata,
    List<String> labels,
    String line) {}
