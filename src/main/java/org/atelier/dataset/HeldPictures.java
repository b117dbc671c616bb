package org.atelier.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Public service: pictures that belong to a project but to no item, such as examples of a label.
 * {@link Pictures} serves them like those of items. What nobody holds goes a day after it was
 * brought or let go. Where an item shows the same picture and the item is deleted, the picture goes
 * with it: deleting is for good. Permission is the caller's matter.
 */
public interface HeldPictures {

  /**
   * A stored picture.
   *
   * @param sha256 digest of the cleaned bytes, for {@link Pictures} and for addresses
   * @param mediaType {@code image/jpeg}, {@code image/png} or {@code image/webp}
   * @param size bytes
   * @param width pixels, as shown (after rotation)
   * @param height pixels, as shown
   */
  record HeldPicture(String sha256, String mediaType, long size, int width, int height) {}

  /**
   * Checks, cleans and stores a picture as imports do. Bringing it again changes nothing but how
   * long it waits.
   *
   * @throws org.atelier.platform.ProblemException invalid-input with the reason when the file is no
   *     picture or too large
   * @throws IOException when the file cannot be read to its end
   */
  HeldPicture bring(UUID projectId, InputStream file) throws IOException;

  /** Of these digests, those of pictures that were brought and are still there. */
  Set<String> brought(UUID projectId, Collection<String> sha256s);

  /**
   * Says what a holder needs from now on, in place of what it needed before; digests that were
   * never brought are passed over. Joins the caller's transaction.
   *
   * @param holder id of what needs the pictures
   */
  void hold(UUID projectId, UUID holder, Collection<String> sha256s);
}
