package org.atelier.dataset.export;

import java.util.Locale;

/** Words of exports. */
final class Texts {

  private Texts() {}

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
