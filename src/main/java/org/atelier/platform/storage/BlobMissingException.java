package org.atelier.platform.storage;

import org.atelier.platform.ProblemException;

/** The object store has no blob with this digest. */
public class BlobMissingException extends ProblemException {

  private static final long serialVersionUID = 1L;

  public BlobMissingException(String sha256) {
    super(StorageProblem.OBJECT_MISSING, "There is no stored object " + sha256 + ".");
  }
}
