package org.atelier.platform.work;

/** An attempt ended because the application or its database went away; it will be repeated. */
class WorkInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WorkInterruptedException(String title, Throwable cause) {
    super("Interrupted, will be repeated: " + title, cause);
  }
}
