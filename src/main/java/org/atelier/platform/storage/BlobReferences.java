package org.atelier.platform.storage;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Names the blobs a feature still needs; a bean of every feature whose tables name blobs. What
 * nobody names is removed by the garbage collection after a day.
 */
public interface BlobReferences {

  /** Visits the SHA-256 of every blob the feature's tables name; repeats are harmless. */
  void visit(Consumer<String> sha256);

  /**
   * Of some blobs, those the feature needs at this moment. The garbage collection asks it in the
   * transaction in which it removes the others; a feature that keeps removals off while it writes
   * waits here until nobody writes.
   */
  default Set<String> needed(Set<String> sha256s) {
    Set<String> needed = new HashSet<>();
    visit(
        sha256 -> {
          if (sha256s.contains(sha256)) {
            needed.add(sha256);
          }
        });
    return needed;
  }

  /**
   * Drops what names blobs and has waited in vain since before an instant for somebody to need it;
   * called before each garbage collection.
   */
  default void dropUnused(Instant before) {}
}
