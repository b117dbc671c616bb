package org.atelier.learning.rehearsal;

/** The data does not allow a simulation; the message says why and what would. */
class RehearsalRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  RehearsalRefusedException(String message) {
    super(message);
  }
}
