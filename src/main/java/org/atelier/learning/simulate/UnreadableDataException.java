package org.atelier.learning.simulate;

/** Input that cannot be used; the message names file, row and column in one line. */
public final class UnreadableDataException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and where. */
  public UnreadableDataException(String message) {
    super(message);
  }
}
