package org.atelier.platform.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indexes of all packs, in memory. Packs of other processes on the same bucket are noticed when
 * a blob is not found. Thread-safe.
 */
final class PackCatalog {

  /** Where a blob lies. */
  record Place(PackIndex pack, int row) {}

  static final String FOLDER = "packs/";

  private static final String INDEX = ".index";
  private static final String DATA = ".pack";
  private static final Duration TOUCH_AFTER = Duration.ofHours(1);

  private final Bucket bucket;
  private final Clock clock;
  private volatile List<PackIndex> packs = List.of();

  PackCatalog(Bucket bucket, Clock clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  static String dataKey(String id) {
    return FOLDER + id + DATA;
  }

  static String indexKey(String id) {
    return FOLDER + id + INDEX;
  }

  List<PackIndex> packs() {
    return packs;
  }

  /** Finds a blob in the packs known by now; null when in none. */
  Place find(byte[] digest) {
    List<PackIndex> known = packs;
    for (int i = known.size() - 1; i >= 0; i--) {
      int row = known.get(i).find(digest);
      if (row >= 0) {
        return new Place(known.get(i), row);
      }
    }
    return null;
  }

  /** Finds a blob, looking for packs of other processes when it is in none that is known. */
  Place findOrLook(byte[] digest) throws IOException {
    Place place = find(digest);
    if (place != null) {
      return place;
    }
    refresh();
    return find(digest);
  }

  /** Makes a pack known that was just stored. */
  synchronized void add(PackIndex pack) {
    List<PackIndex> more = new ArrayList<>(packs);
    more.add(pack);
    packs = List.copyOf(more);
  }

  synchronized void remove(PackIndex pack) {
    packs = packs.stream().filter(known -> known != pack).toList();
  }

  /** Tells that a blob of the pack was wanted again, so that it does not count as old. */
  void wanted(PackIndex pack) throws IOException {
    Instant now = clock.instant();
    if (pack.modified().plus(TOUCH_AFTER).isBefore(now)) {
      bucket.touch(indexKey(pack.id()));
      pack.modified(now);
    }
  }

  /** Reads which packs there are. */
  synchronized void refresh() throws IOException {
    Map<String, PackIndex> known = new HashMap<>();
    packs.forEach(pack -> known.put(pack.id(), pack));
    List<Bucket.Entry> entries = new ArrayList<>();
    bucket.list(FOLDER, entries::add);
    List<PackIndex> found = new ArrayList<>();
    for (Bucket.Entry entry : entries) {
      if (entry.key().endsWith(INDEX)) {
        String name = entry.key().substring(FOLDER.length());
        String id = name.substring(0, name.length() - INDEX.length());
        PackIndex pack = known.containsKey(id) ? known.get(id) : read(id, entry);
        if (pack != null) {
          found.add(pack);
        }
      }
    }
    packs = List.copyOf(found);
  }

  private PackIndex read(String id, Bucket.Entry entry) throws IOException {
    try (InputStream in =
        new BufferedInputStream(bucket.open(entry.key(), 0, entry.size()).stream())) {
      return PackIndex.read(id, in, entry.modified());
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
