package org.atelier.platform.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds old objects that nobody seems to need, and removes them lot by lot. */
final class Garbage {

  private static final int MOST_SINGLES = 1_000;

  /**
   * Objects that are removed together.
   *
   * @param pack the pack they share, null for objects with files of their own
   * @param sizes how many bytes each has, by its digest
   */
  record Lot(String pack, Map<String, Long> sizes) {}

  /** Told of a lot; what it removes was listed before. */
  interface Each {
    void lot(Lot lot, int packsDone, int packs) throws Exception;
  }

  private final Bucket bucket;
  private final PackCatalog catalog;
  private final PackRemoval removal;

  Garbage(Bucket bucket, PackCatalog catalog, PackRemoval removal) {
    this.bucket = bucket;
    this.catalog = catalog;
    this.removal = removal;
  }

  /** Visits what is older than an instant and not among the needed, one lot at a time. */
  void visit(Instant before, DigestSet needed, Each each) throws Exception {
    catalog.refresh();
    List<PackIndex> packs = catalog.packs();
    for (int i = 0; i < packs.size(); i++) {
      PackIndex pack = packs.get(i);
      Map<String, Long> sizes = new HashMap<>();
      for (int row = 0; pack.modified().isBefore(before) && row < pack.count(); row++) {
        String sha256 = Digests.text(pack.digest(row));
        if (!needed.contains(sha256)) {
          sizes.put(sha256, (long) pack.length(row));
        }
      }
      if (!sizes.isEmpty()) {
        each.lot(new Lot(pack.id(), sizes), i, packs.size());
      }
    }
    for (Lot lot : singles(before, needed)) {
      each.lot(lot, packs.size(), packs.size());
    }
  }

  /** Only the garbage is kept, not all that is listed. */
  private List<Lot> singles(Instant before, DigestSet needed) throws IOException {
    List<Lot> lots = new ArrayList<>();
    bucket.list(
        PackedObjectStore.SINGLES,
        entry -> {
          String sha256 = entry.key().substring(entry.key().lastIndexOf('/') + 1);
          if (entry.modified().isBefore(before) && !needed.contains(sha256)) {
            if (lots.isEmpty() || lots.get(lots.size() - 1).sizes().size() == MOST_SINGLES) {
              lots.add(new Lot(null, new HashMap<>()));
            }
            lots.get(lots.size() - 1).sizes().put(sha256, entry.size() - PackedObjectStore.HEADER);
          }
        });
    return lots;
  }

  /**
   * Removes objects of a lot, except what was stored or wanted since an instant.
   *
   * @return digests of what is gone
   */
  List<String> remove(Lot lot, Collection<String> sha256s, Instant before) {
    try {
      if (lot.pack() != null) {
        boolean gone = !sha256s.isEmpty() && removal.removeOld(lot.pack(), sha256s, before);
        return gone ? List.copyOf(sha256s) : List.of();
      }
      List<String> gone = new ArrayList<>();
      for (String sha256 : sha256s) {
        if (catalog.dropSingle(PackedObjectStore.key(sha256), before)) {
          gone.add(sha256);
        }
      }
      return gone;
    } catch (IOException e) {
      throw new StorageException("Unused objects cannot be removed: " + e.getMessage(), e);
    }
  }
}
