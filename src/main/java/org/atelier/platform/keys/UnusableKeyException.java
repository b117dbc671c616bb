package org.atelier.platform.keys;

/** A secret key is missing or wrong; the message says which, where, and what to do. */
public class UnusableKeyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnusableKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
