package org.atelier.platform.database;

/** The database of the data directory cannot be started; the message says why and what to do. */
public class DatabaseStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatabaseStartException(String message) {
    super(message);
  }

  public DatabaseStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
