package org.atelier.platform.work;

/** The work ends its attempt for others that wait for a thread, and is run again after them. */
public class MadeWayException extends Exception {

  private static final long serialVersionUID = 1L;

  MadeWayException() {
    super("Other work waits for its turn");
  }
}
