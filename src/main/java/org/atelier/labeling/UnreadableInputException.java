package org.atelier.labeling;

/** A file given on the command line cannot be used; the message names file, row and column. */
class UnreadableInputException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableInputException(String message) {
    super(message);
  }
}
