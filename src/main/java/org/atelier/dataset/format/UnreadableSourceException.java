package org.atelier.dataset.format;

import java.io.IOException;

/** A file is not what it should be; the message names file, place, what was expected and found. */
public class UnreadableSourceException extends IOException {

  private static final long serialVersionUID = 1L;

  public UnreadableSourceException(String message) {
    super(message);
  }

  public UnreadableSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
