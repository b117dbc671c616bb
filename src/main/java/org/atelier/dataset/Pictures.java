package org.atelier.dataset;

import java.io.InputStream;
import java.util.Collection;
import java.util.UUID;

/** Public service: the bytes behind {@link ViewRef#sha256()}, scoped by project. Thread-safe. */
public interface Pictures {

  /**
   * Opens a picture of the project; the caller closes it. The bytes are cleaned JPEG, PNG or WebP:
   * upright, without private metadata, in a colour space that browsers and ImageIO show.
   *
   * @throws org.atelier.platform.ProblemException not-found when the project has no such picture
   */
  PictureBytes open(UUID projectId, String sha256);

  /**
   * Opens a picture that fits into a square of {@code longSide} pixels; made at the first call and
   * kept. A smaller picture is given as it is, never enlarged.
   *
   * @param longSide 96, 256 or 1024
   * @throws org.atelier.platform.ProblemException not-found, invalid-input for another size
   */
  PictureBytes thumbnail(UUID projectId, String sha256, int longSide);

  /**
   * Reads many pictures in the fastest order (that of storage, not of the argument), one at a time
   * in memory. Digests the project does not have are left out.
   */
  void visit(UUID projectId, Collection<String> sha256s, PictureVisitor visitor);

  /**
   * An open picture.
   *
   * @param mediaType {@code image/jpeg}, {@code image/png} or {@code image/webp}
   * @param size bytes in the stream
   */
  record PictureBytes(InputStream content, String mediaType, long size) {}
}
