package org.atelier.platform.installation;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/** Whether this process can express the names that files have. */
public final class FileNames {

  /** A letter with an accent, one of Greek and one of Chinese. */
  private static final String TRIAL = "\u00e9\u03b1\u5b57";

  private FileNames() {}

  /**
   * What to tell an operator whose locale cannot express names in UTF-8: pictures with such names
   * would be refused when they are imported by their path.
   *
   * @param system value of {@code os.name}; Windows gives names to Java in Unicode
   * @param encoding value of {@code sun.jnu.encoding}, may be null; there is no warning of one that
   *     is not known
   */
  static Optional<String> warning(String system, String encoding) {
    boolean fine =
        encoding == null
            || system.toLowerCase(Locale.ROOT).startsWith("windows")
            || canEncode(encoding);
    return fine
        ? Optional.empty()
        : Optional.of(
            ("  Warning: file names are read as %s here, because of the locale. Files whose names"
                    + " have%n  other letters would be refused when they are imported by their path"
                    + " on the server.%n  The way out: stop, and start with LC_ALL=C.UTF-8 set (or"
                    + " another locale that ends in UTF-8).")
                .formatted(encoding));
  }

  private static boolean canEncode(String encoding) {
    try {
      return Charset.forName(encoding).newEncoder().canEncode(TRIAL);
    } catch (IllegalArgumentException | UnsupportedOperationException unknown) {
      return true;
    }
  }

  /** The same of this process. */
  public static Optional<String> warning() {
    return warning(System.getProperty("os.name", ""), System.getProperty("sun.jnu.encoding"));
  }
}
