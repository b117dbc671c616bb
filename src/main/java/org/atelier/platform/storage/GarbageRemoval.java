package org.atelier.platform.storage;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes a lot of unused objects, after asking every feature again in the same transaction. */
@Singleton
class GarbageRemoval {

  private final Garbage garbage;
  private final List<BlobReferences> references;

  GarbageRemoval(PackedObjectStore store, @All List<BlobReferences> references) {
    this.garbage = store.garbage();
    this.references = references;
  }

  /**
   * Removes what nobody needs now and nobody stored or wanted since an instant.
   *
   * @return digests of what is gone
   */
  @Transactional
  Collection<String> remove(Garbage.Lot lot, Instant before) {
    Set<String> unneeded = new HashSet<>(lot.sizes().keySet());
    for (BlobReferences feature : references) {
      unneeded.removeAll(feature.needed(Set.copyOf(unneeded)));
    }
    return garbage.remove(lot, unneeded, before);
  }
}
