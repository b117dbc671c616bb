package org.atelier.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Opaque text that remembers where a part of a list ended. */
public final class Cursor {

  private Cursor() {}

  /** Wraps a sort key; the text is safe in addresses. */
  public static String of(Object key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the number that {@link #of} wrapped.
   *
   * @param cursor null means from the start
   * @param start what a null cursor stands for
   * @throws ProblemException invalid-input when this is no cursor of ours
   */
  public static long asLong(String cursor, long start) {
    if (cursor == null || cursor.isBlank()) {
      return start;
    }
    try {
      return Long.parseLong(
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  /**
   * Reads the text that {@link #of} wrapped.
   *
   * @param cursor null means from the start
   * @return empty for the start
   * @throws ProblemException invalid-input when this is no cursor of ours
   */
  public static String asText(String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return "";
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  /**
   * Reads the id that {@link #of} wrapped; errors as {@link #asText}.
   *
   * @return the id before all others for the start
   */
  public static UUID asId(String cursor) {
    String text = asText(cursor);
    try {
      return text.isEmpty() ? new UUID(0, 0) : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  /**
   * Reads an id that a list gave out as it is.
   *
   * @param cursor null means from the start
   * @return null for the start
   * @throws ProblemException invalid-input when this is no id
   */
  public static UUID asPlainId(String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return null;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  private static ProblemException foreign() {
    return ProblemException.invalid("cursor", "This is not a cursor this list has given out.");
  }
}
