package org.atelier.platform.storage;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Names the blobs a feature still needs; a bean of every feature whose tables name blobs. What
 * nobody names is removed by the garbage collection after a day, and is left out of backups.
 */
public interface BlobReferences {

  /** Visits the SHA-256 of every blob the feature's tables name; repeats are harmless. */
  void visit(Consumer<String> sha256);

  /**
   * Drops what names blobs and has waited in vain since before an instant for somebody to need it;
   * called before each garbage collection.
   */
  default void dropUnused(Instant before) {}
}
