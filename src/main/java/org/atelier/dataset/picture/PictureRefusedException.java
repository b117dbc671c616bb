package org.atelier.dataset.picture;

/** A file that cannot be taken as a picture; the message is the reason for its owner. */
public final class PictureRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  public PictureRefusedException(String reason) {
    super(reason);
  }
}
