package org.atelier.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.atelier.platform.Sha256;

/**
 * Keeps blobs in a bucket. A blob put alone is one file, {@code blobs/ab/<digest>}: a line of 128
 * bytes naming its media type, then the content. Blobs put in batches share packs, {@code
 * packs/<id>.pack} with {@code packs/<id>.index} beside it.
 */
public final class PackedObjectStore implements ObjectStore {

  /** Number and bytes of what is stored. */
  record Totals(long objects, long bytes) {}

  static final String SINGLES = "blobs/";
  static final int HEADER = 128;
  private static final String MAGIC = "atelier-blob 1 ";

  private final Bucket bucket;
  private final Clock clock;
  private final PackCatalog catalog;
  private final PackRemoval removal;

  private PackedObjectStore(Bucket bucket, Clock clock, PackCatalog catalog) {
    this.bucket = bucket;
    this.clock = clock;
    this.catalog = catalog;
    this.removal = new PackRemoval(bucket, catalog);
  }

  /**
   * Opens the store of a bucket.
   *
   * @throws StorageException when the bucket cannot be read
   */
  public static PackedObjectStore open(Bucket bucket, Clock clock) {
    PackCatalog catalog = new PackCatalog(bucket, clock);
    try {
      catalog.refresh();
    } catch (IOException e) {
      throw new StorageException("The object store cannot be read: " + e.getMessage(), e);
    }
    return new PackedObjectStore(bucket, clock, catalog);
  }

  @Override
  public Blob put(InputStream content, String mediaType) {
    Path staged = null;
    try {
      staged = Files.createTempFile(bucket.staging(), "single-", ".data");
      MessageDigest digest = Sha256.create();
      long size;
      try (OutputStream out = Files.newOutputStream(staged)) {
        out.write(header(mediaType));
        size = new DigestInputStream(content, digest).transferTo(out);
      }
      byte[] sum = digest.digest();
      Optional<Blob> there = findKnown(sum);
      if (there.isPresent() && take(sum)) {
        return there.get();
      }
      String sha256 = Digests.text(sum);
      bucket.store(key(sha256), staged);
      return new Blob(sha256, size, mediaType);
    } catch (IOException e) {
      throw new StorageException("An object cannot be stored: " + e.getMessage(), e);
    } finally {
      deleteStaged(staged);
    }
  }

  @Override
  public BlobBatch batch() {
    return new PackBatch(this, bucket, catalog, clock);
  }

  @Override
  public InputStream open(String sha256) {
    return open(sha256, 0, Long.MAX_VALUE - HEADER);
  }

  @Override
  public InputStream open(String sha256, long offset, long length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("A part begins at 0 or later and is not negative");
    }
    byte[] digest = Digests.bytes(sha256);
    try {
      PackCatalog.Place place = catalog.find(digest);
      if (place != null) {
        return openPacked(place, digest, offset, length);
      }
      try {
        return bucket.open(key(sha256), HEADER + offset, length).stream();
      } catch (NoSuchFileException e) {
        place = catalog.findOrLook(digest);
        if (place == null) {
          throw new BlobMissingException(sha256);
        }
        return openPacked(place, digest, offset, length);
      }
    } catch (NoSuchFileException e) {
      throw new BlobMissingException(sha256);
    } catch (IOException e) {
      throw new StorageException("Object " + sha256 + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Blob> stat(String sha256) {
    try {
      return find(Digests.bytes(sha256));
    } catch (BlobMissingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageException("Object " + sha256 + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void delete(String sha256) {
    deleteAll(List.of(sha256));
  }

  @Override
  public void deleteAll(Collection<String> sha256s) {
    try {
      removal.removeAll(sha256s);
    } catch (IOException e) {
      throw new StorageException("Objects cannot be deleted: " + e.getMessage(), e);
    }
  }

  @Override
  public void list(Consumer<Blob> each) {
    try {
      catalog.refresh();
      PackMerge.visit(catalog.packs(), (pack, row) -> each.accept(pack.blob(row)));
      bucket.list(
          SINGLES,
          entry -> {
            String sha256 = entry.key().substring(entry.key().lastIndexOf('/') + 1);
            if (catalog.find(Digests.bytes(sha256)) == null) {
              stat(sha256).ifPresent(each);
            }
          });
    } catch (IOException e) {
      throw new StorageException("The objects cannot be listed: " + e.getMessage(), e);
    }
  }

  /** How much is stored; an object that two processes stored at once counts twice. */
  Totals totals() {
    try {
      catalog.refresh();
      List<PackIndex> packs = catalog.packs();
      long[] sums = {
        packs.stream().mapToLong(PackIndex::count).sum(),
        packs.stream().mapToLong(PackIndex::size).sum()
      };
      bucket.list(
          SINGLES,
          entry -> {
            sums[0]++;
            sums[1] += entry.size() - HEADER;
          });
      return new Totals(sums[0], sums[1]);
    } catch (IOException e) {
      throw new StorageException("The objects cannot be counted: " + e.getMessage(), e);
    }
  }

  Garbage garbage() {
    return new Garbage(bucket, catalog, removal);
  }

  /** Bytes that still fit, or -1 when nobody limits them. */
  long free() {
    try {
      return bucket.free();
    } catch (IOException e) {
      throw new StorageException("The object store does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * Asks the bucket for anything.
   *
   * @throws StorageException when it does not answer
   */
  void reach() {
    try {
      bucket.open("reachable", 0, 1).stream().close();
    } catch (NoSuchFileException e) {
      // An answer all the same.
    } catch (IOException e) {
      throw new StorageException("The object store does not answer: " + e.getMessage(), e);
    }
  }

  /** Removes packs that a crash left without an index, and staged files nobody works on. */
  void sweep(Instant olderThan) {
    try {
      Set<String> keys = new TreeSet<>();
      Map<String, Instant> data = new HashMap<>();
      bucket.list(
          PackCatalog.FOLDER,
          entry -> {
            keys.add(entry.key());
            data.put(entry.key(), entry.modified());
          });
      for (String key : keys) {
        String index = key.replace(".pack", ".index");
        if (key.endsWith(".pack") && !keys.contains(index) && data.get(key).isBefore(olderThan)) {
          bucket.delete(key);
        }
      }
      try (var staged = Files.list(bucket.staging())) {
        for (Path file : staged.toList()) {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(olderThan)) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (IOException e) {
      throw new StorageException("Remains cannot be removed: " + e.getMessage(), e);
    }
  }

  private InputStream openPacked(PackCatalog.Place place, byte[] digest, long offset, long length)
      throws IOException {
    try {
      return catalog.open(place, offset, length);
    } catch (NoSuchFileException e) {
      // The pack was rewritten without some other blob: look where this one went.
      catalog.refresh();
      PackCatalog.Place moved = catalog.find(digest);
      if (moved == null) {
        throw e;
      }
      return catalog.open(moved, offset, length);
    }
  }

  private Optional<Blob> find(byte[] digest) throws IOException {
    Optional<Blob> known = findKnown(digest);
    if (known.isPresent()) {
      return known;
    }
    PackCatalog.Place place = catalog.findOrLook(digest);
    return place == null ? Optional.empty() : Optional.of(place.pack().blob(place.row()));
  }

  /** As {@link #find} without looking for new packs: storing something twice does no harm. */
  private Optional<Blob> findKnown(byte[] digest) throws IOException {
    PackCatalog.Place place = catalog.find(digest);
    return place == null
        ? findSingle(Digests.text(digest))
        : Optional.of(place.pack().blob(place.row()));
  }

  private Optional<Blob> findSingle(String sha256) throws IOException {
    try {
      Bucket.Part part = bucket.open(key(sha256), 0, HEADER);
      try (InputStream in = part.stream()) {
        String header = new String(in.readNBytes(HEADER), StandardCharsets.UTF_8);
        String mediaType = header.substring(MAGIC.length()).trim();
        return Optional.of(new Blob(sha256, part.size() - HEADER, mediaType));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Answers whether the blob is there, and makes it count as new then. */
  private boolean take(byte[] digest) throws IOException {
    return catalog.take(digest) != null || catalog.takeSingle(key(Digests.text(digest)));
  }

  static String key(String sha256) {
    return SINGLES + sha256.substring(0, 2) + "/" + sha256;
  }

  private static byte[] header(String mediaType) {
    byte[] text = (MAGIC + mediaType).getBytes(StandardCharsets.UTF_8);
    if (text.length >= HEADER || mediaType.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("This is no media type: " + mediaType);
    }
    byte[] header = new byte[HEADER];
    Arrays.fill(header, (byte) ' ');
    System.arraycopy(text, 0, header, 0, text.length);
    header[HEADER - 1] = '\n';
    return header;
  }

  private static void deleteStaged(Path staged) {
    if (staged != null) {
      try {
        Files.deleteIfExists(staged);
      } catch (IOException e) {
        throw new StorageException("A staged file cannot be removed: " + e.getMessage(), e);
      }
    }
  }
}
