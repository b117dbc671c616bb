package org.atelier.dataset.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The encodings that a CSV file may be said to have. */
public final class TextEncoding {

  private static final Map<String, Charset> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("UTF-8", StandardCharsets.UTF_8);
    BY_NAME.put("UTF-16", StandardCharsets.UTF_16);
    BY_NAME.put("windows-1252", Charset.forName("windows-1252"));
    BY_NAME.put("ISO-8859-1", StandardCharsets.ISO_8859_1);
    BY_NAME.put("ISO-8859-15", Charset.forName("ISO-8859-15"));
  }

  private TextEncoding() {}

  /** Names a person can choose from, UTF-8 first. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** The named encoding, UTF-8 for null. */
  static Charset of(String name) throws UnreadableSourceException {
    Charset charset = BY_NAME.get(name == null ? "UTF-8" : name);
    if (charset == null) {
      throw new UnreadableSourceException(
          "The encoding %s is not known; known are %s".formatted(name, String.join(", ", names())));
    }
    return charset;
  }
}
