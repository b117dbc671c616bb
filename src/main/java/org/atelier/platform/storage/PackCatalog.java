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
    more.removeIf(known -> known.id().equals(pack.id()));
    more.add(pack);
    packs = List.copyOf(more);
  }

  /** A pack known by now; null when there is none. */
  PackIndex pack(String id) {
    return packs.stream().filter(pack -> pack.id().equals(id)).findFirst().orElse(null);
  }

  /**
   * Puts what is left of a pack in its place, unless the pack was wanted meanwhile.
   *
   * @param rest null when nothing is left
   * @param before the pack stays when it was wanted at that time or later
   * @return whether it was replaced; its files can go then
   */
  synchronized boolean replace(PackIndex pack, PackIndex rest, Instant before) {
    if (!pack.modified().isBefore(before)) {
      return false;
    }
    List<PackIndex> others = new ArrayList<>(packs);
    others.removeIf(known -> known == pack);
    if (rest != null) {
      others.add(rest);
    }
    packs = List.copyOf(others);
    return true;
  }

  /**
   * Finds a blob that somebody wants to keep: makes sure that its pack is there, for another
   * process may have removed it, and that it does not count as old.
   *
   * @return where it lies; null when it has to be stored
   */
  synchronized Place take(byte[] digest) throws IOException {
    Place place = find(digest);
    while (place != null && !keep(place.pack())) {
      replace(place.pack(), null, Instant.MAX);
      refresh();
      place = find(digest);
    }
    return place;
  }

  private boolean keep(PackIndex pack) throws IOException {
    Instant now = clock.instant();
    if (!pack.modified().plus(TOUCH_AFTER).isBefore(now)) {
      return bucket.modified(indexKey(pack.id())).isPresent();
    }
    boolean there = bucket.touch(indexKey(pack.id()));
    if (there) {
      pack.modified(now);
    }
    return there;
  }

  /** As {@link #take} of a blob with a file of its own: whether it is there. */
  synchronized boolean takeSingle(String key) throws IOException {
    return bucket.touch(key);
  }

  /** Removes a blob's own file unless it was stored or wanted since; answers whether it did. */
  synchronized boolean dropSingle(String key, Instant before) throws IOException {
    boolean old = bucket.modified(key).filter(at -> at.isBefore(before)).isPresent();
    if (old) {
      bucket.delete(key);
    }
    return old;
  }

  /** Opens a part of a blob. */
  InputStream open(Place place, long offset, long length) throws IOException {
    long size = place.pack().length(place.row());
    long part = Math.max(0, Math.min(length, size - offset));
    if (part == 0) {
      return InputStream.nullInputStream();
    }
    return bucket
        .open(dataKey(place.pack().id()), place.pack().offset(place.row()) + offset, part)
        .stream();
  }

  /** Reads which packs there are, and when they were wanted, be it by other processes. */
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
          if (entry.modified().isAfter(pack.modified())) {
            pack.modified(entry.modified());
          }
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
