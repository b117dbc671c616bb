package org.atelier.platform.storage;

/** The object store cannot do what was asked: it is full, unreachable or refuses. */
public class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
