package org.atelier.platform.work;

/** A person cancelled the work, or the application is stopping. */
public class CancelledWorkException extends Exception {

  private static final long serialVersionUID = 1L;

  public CancelledWorkException(String message) {
    super(message);
  }
}
