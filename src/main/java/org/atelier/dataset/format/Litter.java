package org.atelier.dataset.format;

import java.util.Locale;
import java.util.Set;

/**
 * Files that operating systems leave in folders and nobody put there: {@code .DS_Store}, {@code
 * Thumbs.db}, {@code ehthumbs.db}, {@code desktop.ini}, names that begin with {@code ._}, and all
 * below {@code __MACOSX}. Only these are passed over without being told of.
 */
public final class Litter {

  private static final Set<String> NAMES =
      Set.of(".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini");

  private Litter() {}

  /** Whether a file is litter; a folder's name ends in a slash. */
  public static boolean is(String file) {
    String small = ("/" + file).toLowerCase(Locale.ROOT);
    String name = small.substring(small.lastIndexOf('/') + 1);
    return small.contains("/__macosx/") || name.startsWith("._") || NAMES.contains(name);
  }

  /** Whether the file or a folder around it has a name that begins with a dot. */
  public static boolean isHidden(String file) {
    return file.startsWith(".") || file.contains("/.");
  }
}
