package org.atelier.platform;

import java.util.List;

/**
 * A part of a long list, read by key so that every part costs the same.
 *
 * @param rows the rows in the list's order, possibly empty
 * @param next opaque cursor of the following part, or null when this is the last
 */
public record Slice<T>(List<T> rows, String next) {

  public Slice {
    rows = List.copyOf(rows);
  }

  /** Whether more rows follow. */
  public boolean hasNext() {
    return next != null;
  }
}
