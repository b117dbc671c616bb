package org.atelier.platform.backup;

import org.atelier.platform.database.DatabaseStartException;
import org.atelier.platform.storage.StorageException;

/** Failures whose message tells the operator what to do, so that no stack trace is needed. */
final class Refusals {

  private Refusals() {}

  static boolean isOne(RuntimeException failure) {
    return failure instanceof BackupException
        || failure instanceof DatabaseStartException
        || failure instanceof StorageException
        || failure instanceof IllegalArgumentException;
  }

  /** The message, for storage with its technical reason: who runs commands may know it. */
  static String explain(RuntimeException failure) {
    return failure instanceof StorageException && failure.getCause() != null
        ? failure.getMessage() + " (" + failure.getCause().getMessage() + ")"
        : failure.getMessage();
  }
}
