package org.atelier.platform.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.platform.Sha256;

/** Collects small blobs into packs and hands large ones on. */
final class PackBatch implements BlobBatch {

  /** Blobs above this size get a file of their own. */
  static final int LARGE = 1 << 20;

  private static final long PACK_SIZE = 64L << 20;
  private static final int PACK_COUNT = 50_000;

  private final PackedObjectStore store;
  private final Bucket bucket;
  private final PackCatalog catalog;
  private final Clock clock;
  private final List<PackWriter> writers = new ArrayList<>();
  private final Map<ByteBuffer, Blob> added = new HashMap<>();

  /** Packs that were seen to be there since the batch began. */
  private final Set<PackIndex> taken = new HashSet<>();

  PackBatch(PackedObjectStore store, Bucket bucket, PackCatalog catalog, Clock clock) {
    this.store = store;
    this.bucket = bucket;
    this.catalog = catalog;
    this.clock = clock;
  }

  @Override
  public Blob put(byte[] content, String mediaType) {
    if (content.length > LARGE) {
      return store.put(new ByteArrayInputStream(content), mediaType);
    }
    byte[] digest = Sha256.create().digest(content);
    ByteBuffer key = ByteBuffer.wrap(digest);
    Blob earlier = added.get(key);
    if (earlier != null) {
      return earlier;
    }
    try {
      PackCatalog.Place place = catalog.find(digest);
      if (place != null && !taken.contains(place.pack())) {
        place = catalog.take(digest);
      }
      if (place != null) {
        taken.add(place.pack());
        return place.pack().blob(place.row());
      }
      writer().add(digest, content, mediaType);
    } catch (IOException e) {
      throw new StorageException("A batch of objects cannot be written: " + e.getMessage(), e);
    }
    Blob blob = new Blob(Digests.text(digest), content.length, mediaType);
    added.put(key, blob);
    return blob;
  }

  @Override
  public Blob put(InputStream content, String mediaType) {
    try {
      byte[] head = content.readNBytes(LARGE + 1);
      if (head.length <= LARGE) {
        return put(head, mediaType);
      }
      return store.put(new SequenceInputStream(new ByteArrayInputStream(head), content), mediaType);
    } catch (IOException e) {
      throw new StorageException("The content cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void commit() {
    try {
      for (PackWriter writer : writers) {
        catalog.add(writer.store(clock.instant()));
      }
    } catch (IOException e) {
      throw new StorageException("A batch of objects cannot be stored: " + e.getMessage(), e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    try {
      for (PackWriter writer : writers) {
        writer.close();
      }
    } catch (IOException e) {
      throw new StorageException("A batch of objects cannot be dropped: " + e.getMessage(), e);
    } finally {
      writers.clear();
      added.clear();
      taken.clear();
    }
  }

  private PackWriter writer() throws IOException {
    if (!writers.isEmpty()) {
      PackWriter last = writers.get(writers.size() - 1);
      if (last.size() < PACK_SIZE && last.count() < PACK_COUNT) {
        return last;
      }
    }
    PackWriter next = new PackWriter(bucket);
    writers.add(next);
    return next;
  }
}
