package org.atelier.dataset.format;

/**
 * How large a row may be.
 *
 * @param rowCharacters most characters (bytes, for JSON Lines) of one row
 * @param textCharacters most characters of one text
 * @param idCharacters most characters of an external id
 */
public record RowLimits(int rowCharacters, int textCharacters, int idCharacters) {

  /** 1 MiB a row, 200,000 characters a text, 500 an external id. */
  public static final RowLimits DEFAULT = new RowLimits(1 << 20, 200_000, 500);

  /** Most bytes of a manifest line, as Ground Truth has it. */
  public static final int MANIFEST_LINE = 100_000;

  /** What is wrong with an id and a text, null when nothing is. */
  String fault(String id, String idColumn, String text) {
    String fault = idFault(id, idColumn);
    if (fault == null && text.isBlank()) {
      fault = "The text is empty";
    }
    if (fault == null && text.length() > textCharacters) {
      fault =
          "The text has %,d characters; at most %,d are allowed"
              .formatted(text.length(), textCharacters);
    }
    if (fault == null && text.indexOf('\0') >= 0) {
      fault = "The text contains a zero character, which cannot be stored";
    }
    return fault;
  }

  String idFault(String id, String idColumn) {
    if (id == null) {
      return null;
    }
    if (id.isBlank()) {
      return "The id (column " + idColumn + ") is empty";
    }
    if (id.length() > idCharacters) {
      return "The id has %,d characters; at most %,d are allowed"
          .formatted(id.length(), idCharacters);
    }
    return id.chars().anyMatch(c -> c < ' ') ? "The id contains a control character" : null;
  }
}
