package org.atelier.platform.database;

/** Another process owns the data directory. */
public class DataDirectoryInUseException extends DatabaseStartException {

  private static final long serialVersionUID = 1L;

  public DataDirectoryInUseException(String message) {
    super(message);
  }
}
