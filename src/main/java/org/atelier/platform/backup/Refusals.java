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
}
