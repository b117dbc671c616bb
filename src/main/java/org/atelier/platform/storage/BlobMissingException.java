package org.atelier.platform.storage;

/** The object store has no blob with this digest. */
public class BlobMissingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BlobMissingException(String sha256) {
    super("There is no stored object " + sha256);
  }
}
