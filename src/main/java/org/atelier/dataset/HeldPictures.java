package org.atelier.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Public service: pictures that belong to a project but to no item, such as examples of a label.
 * {@link Pictures} serves them like those of items. What nobody holds goes a day after it was
 * brought or let go. Where an item shows the same picture and the item is deleted, the picture goes
 * with it: deleting is for good. The other way round an item keeps its picture: removing one here
 * never takes it from an item. Permission is the caller's matter.
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
   * What remains of a removed picture.
   *
   * @param reason as it was given
   * @param at when it was removed
   */
  record RemovedPicture(String sha256, String reason, Instant at) {}

  /**
   * What a removal did.
   *
   * @param itemsShowingIt items of the project that show the same picture; while there is one, the
   *     bytes stay with it until that item is deleted
   */
  record Removal(String sha256, long itemsShowingIt) {}

  /**
   * Checks, cleans and stores a picture as imports do. Bringing it again changes nothing but how
   * long it waits; bringing a removed one makes it a picture like any other. The file waits on disk
   * for its turn, so that many at a time need no more memory than a few.
   *
   * @throws org.atelier.platform.ProblemException invalid-input with the reason when the file is no
   *     picture or too large; too-many-requests when too many are being brought
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

  /**
   * Takes a picture away from all that hold it, for good: its bytes and thumbnails are erased as
   * those of deleted items are, and a tombstone says when and why. Where items of the project show
   * the same picture they keep it, bytes and all, and the answer says how many; to erase it there
   * the items have to be deleted.
   *
   * @param reason 3 to 500 characters
   * @throws org.atelier.platform.ProblemException picture-not-found when nothing of the project
   *     holds it, invalid-input for the reason
   */
  Removal remove(UUID projectId, String sha256, String reason);

  /** Of these digests, those of pictures that were removed and not brought again. */
  List<RemovedPicture> removed(UUID projectId, Collection<String> sha256s);
}
