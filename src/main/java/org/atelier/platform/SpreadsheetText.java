package org.atelier.platform;

/** Texts that people wrote, in files that others open in a spreadsheet. */
public final class SpreadsheetText {

  private static final String STARTS_FORMULA = "=+-@\t\r";

  private SpreadsheetText() {}

  /**
   * The text, with an apostrophe in front when a spreadsheet would take it for a formula.
   *
   * @param text null is taken as empty
   */
  public static String of(String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    return STARTS_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
