package org.atelier.learning.feature;

import java.io.IOException;

/** A file that somebody brought cannot be used; the message says what, where and how to mend it. */
public final class UnusableFileException extends IOException {

  private static final long serialVersionUID = 1L;

  public UnusableFileException(String message) {
    super(message);
  }
}
