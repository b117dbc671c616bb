package org.atelier.dataset.format;

import java.util.List;

/**
 * Which column (or key) means what. Columns are never guessed.
 *
 * @param idColumn column of the external id, null when there is none: then the content names it
 * @param textColumns columns that make the text, joined by an empty line; at least one
 * @param labelColumn column of the known labels, null when there is none
 * @param labelSeparator what separates several labels in one cell, null when a cell is one label
 * @param metadataColumns columns shown beside the item; null for all that are not used otherwise
 * @param encoding of CSV and TSV: one of {@link TextEncoding#names()}, null for UTF-8
 */
public record TextMapping(
    String idColumn,
    List<String> textColumns,
    String labelColumn,
    String labelSeparator,
    List<String> metadataColumns,
    String encoding) {

  /** Splits a cell into labels: none for an empty cell, blanks around names dropped. */
  List<String> labels(String cell) {
    if (cell == null || cell.isBlank()) {
      return null;
    }
    if (labelSeparator == null || labelSeparator.isEmpty()) {
      return List.of(cell.strip());
    }
    return java.util.Arrays.stream(cell.split(java.util.regex.Pattern.quote(labelSeparator)))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .distinct()
        .toList();
  }
}
