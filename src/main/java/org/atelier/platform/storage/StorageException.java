package org.atelier.platform.storage;

import java.util.Locale;
import org.atelier.platform.ProblemException;

/**
 * The object store cannot do what was asked: it is full, unreachable or refuses. What people read
 * says what is safe and what to do; the technical reason is the cause, for the log.
 */
public class StorageException extends ProblemException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what the operation that failed, for operators
   */
  public StorageException(String what, Throwable cause) {
    super(problem(cause), detail(cause));
    initCause(new IllegalStateException(what, cause));
  }

  private static StorageProblem problem(Throwable cause) {
    return isFull(cause) ? StorageProblem.STORAGE_FULL : StorageProblem.STORAGE_UNAVAILABLE;
  }

  private static String detail(Throwable cause) {
    return isFull(cause)
        ? "The disk of the object store is full. What was saved before is safe; free some space,"
            + " then try again."
        : "The object store does not answer or refuses. What was saved before is safe; try again in"
            + " a moment.";
  }

  private static boolean isFull(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left") || message.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
