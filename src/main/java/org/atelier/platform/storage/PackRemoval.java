package org.atelier.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes blobs out of packs, by writing what is left of a pack into a new one. One removal at a
 * time, so that no pack is rewritten twice at once.
 */
final class PackRemoval {

  private final Bucket bucket;
  private final PackCatalog catalog;

  PackRemoval(Bucket bucket, PackCatalog catalog) {
    this.bucket = bucket;
    this.catalog = catalog;
  }

  /** Removes blobs wherever they lie. */
  synchronized void removeAll(Collection<String> sha256s) throws IOException {
    catalog.refresh();
    Map<PackIndex, Set<Integer>> doomed = new HashMap<>();
    for (String sha256 : sha256s) {
      byte[] digest = Digests.bytes(sha256);
      bucket.delete(PackedObjectStore.key(sha256));
      for (PackIndex pack : catalog.packs()) {
        int row = pack.find(digest);
        if (row >= 0) {
          doomed.computeIfAbsent(pack, p -> new TreeSet<>()).add(row);
        }
      }
    }
    for (var entry : doomed.entrySet()) {
      rewriteWithout(entry.getKey(), entry.getValue(), Instant.MAX);
    }
  }

  /**
   * Removes blobs of one pack unless one of the pack was wanted meanwhile.
   *
   * @param before the pack is left alone when it was stored or wanted at that time or later
   * @return whether they are gone
   */
  synchronized boolean removeOld(String packId, Collection<String> sha256s, Instant before)
      throws IOException {
    PackIndex pack = catalog.pack(packId);
    Optional<Instant> wanted = bucket.modified(PackCatalog.indexKey(packId));
    if (pack == null || wanted.isEmpty() || !wanted.get().isBefore(before)) {
      return false;
    }
    Set<Integer> doomed = new TreeSet<>();
    for (String sha256 : sha256s) {
      int row = pack.find(Digests.bytes(sha256));
      if (row >= 0) {
        doomed.add(row);
      }
    }
    return rewriteWithout(pack, doomed, before);
  }

  private boolean rewriteWithout(PackIndex pack, Set<Integer> doomed, Instant before)
      throws IOException {
    PackIndex rest = doomed.size() < pack.count() ? copyWithout(pack, doomed) : null;
    boolean replaced = catalog.replace(pack, rest, before);
    PackIndex superfluous = replaced ? pack : rest;
    if (superfluous != null) {
      bucket.delete(PackCatalog.indexKey(superfluous.id()));
      bucket.delete(PackCatalog.dataKey(superfluous.id()));
    }
    return replaced;
  }

  private PackIndex copyWithout(PackIndex pack, Set<Integer> doomed) throws IOException {
    try (PackWriter writer = new PackWriter(bucket)) {
      for (int row = 0; row < pack.count(); row++) {
        if (!doomed.contains(row)) {
          try (InputStream in =
              catalog.open(new PackCatalog.Place(pack, row), 0, pack.length(row))) {
            writer.add(pack.digest(row), in.readAllBytes(), pack.mediaType(row));
          }
        }
      }
      return writer.store(pack.modified());
    }
  }
}
