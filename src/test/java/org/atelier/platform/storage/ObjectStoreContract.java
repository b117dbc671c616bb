package org.atelier.platform.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place to keep objects must do. */
public abstract class ObjectStoreContract {

  /** SHA-256 of the three bytes "abc", FIPS 180-2 appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String MISSING = "0".repeat(64);

  private Bucket bucket;
  private PackedObjectStore store;

  /** An empty bucket. */
  protected abstract Bucket bucket() throws Exception;

  @BeforeEach
  void open() throws Exception {
    bucket = bucket();
    store = PackedObjectStore.open(bucket, Clock.systemUTC());
  }

  @Test
  void objectIsFoundUnderTheDigestOfItsContent() throws IOException {
    Blob blob = put("abc");

    assertEquals(new Blob(ABC, 3, "text/plain"), blob);
    assertEquals("abc", read(ABC));
    assertEquals(blob, store.stat(ABC).orElseThrow());
  }

  @Test
  void emptyObjectIsAnObject() throws IOException {
    Blob blob = put("");

    assertEquals(0, blob.size());
    assertEquals("", read(blob.sha256()));
  }

  @Test
  void sameContentIsStoredOnceAndKeepsItsFirstMediaType() {
    put("abc");
    Blob again = store.put(stream("abc"), "image/png");

    assertEquals("text/plain", again.mediaType());
    assertEquals(List.of(ABC), listed());
  }

  @Test
  void partBeginsAtItsOffsetAndEndsWithTheObject() throws IOException {
    Blob single = put("0123456789");
    Blob packed = batch("abcdefghij").get(0);

    assertEquals("345", read(store.open(single.sha256(), 3, 3)));
    assertEquals("89", read(store.open(single.sha256(), 8, 100)));
    assertEquals("", read(store.open(single.sha256(), 10, 5)));
    assertEquals("def", read(store.open(packed.sha256(), 3, 3)));
    assertEquals("ij", read(store.open(packed.sha256(), 8, 100)));
    assertEquals("", read(store.open(packed.sha256(), 10, 5)));
  }

  @Test
  void whatIsNotThereIsSaidToBeMissing() {
    assertThrows(BlobMissingException.class, () -> store.open(MISSING));
    assertThrows(BlobMissingException.class, () -> store.open("../../etc/passwd"));
    assertTrue(store.stat(MISSING).isEmpty());
    assertTrue(store.stat("../../etc/passwd").isEmpty());
    store.delete(MISSING);
  }

  @Test
  void batchIsReadableAfterItsCommitAndListedOnceWithSingles() throws IOException {
    put("abc");
    List<Blob> blobs;
    try (BlobBatch batch = store.batch()) {
      blobs =
          List.of(
              batch.put(bytes("one"), "image/png"),
              batch.put(bytes("two"), "image/gif"),
              batch.put(bytes("one"), "image/png"));
      assertTrue(store.stat(blobs.get(0).sha256()).isEmpty());
      batch.commit();
    }

    assertEquals("one", read(blobs.get(0).sha256()));
    assertEquals("two", read(blobs.get(1).sha256()));
    assertEquals("image/gif", store.stat(blobs.get(1).sha256()).orElseThrow().mediaType());
    assertEquals(blobs.get(0), blobs.get(2));
    assertEquals(3, listed().size());
  }

  @Test
  void batchThatIsNotCommittedLeavesNothing() throws IOException {
    try (BlobBatch batch = store.batch()) {
      batch.put(bytes("one"), "image/png");
    }

    assertTrue(listed().isEmpty());
    try (var staged = Files.list(bucket.staging())) {
      assertEquals(0, staged.count());
    }
  }

  @Test
  void largeObjectInABatchKeepsAllItsBytes() throws IOException {
    byte[] large = new byte[(1 << 20) + 12_345];
    new Random(1).nextBytes(large);
    Blob blob;
    try (BlobBatch batch = store.batch()) {
      blob = batch.put(new ByteArrayInputStream(large), "image/png");
      batch.commit();
    }

    try (InputStream in = store.open(blob.sha256())) {
      assertArrayEquals(large, in.readAllBytes());
    }
  }

  @Test
  void anotherProcessOnTheSameBucketSeesSinglesAndPacks() throws IOException {
    PackedObjectStore other = PackedObjectStore.open(bucket, aWhileLater());
    Blob single = put("abc");
    Blob packed = batch("one").get(0);

    assertEquals("abc", read(other.open(single.sha256())));
    assertEquals("one", read(other.open(packed.sha256())));
  }

  @Test
  void deletingTakesTheBytesAndLeavesTheNeighboursInThePack() throws IOException {
    put("abc");
    List<Blob> packed = batch("one", "two", "three");

    store.deleteAll(List.of(ABC, packed.get(1).sha256()));

    assertTrue(store.stat(ABC).isEmpty());
    assertTrue(store.stat(packed.get(1).sha256()).isEmpty());
    assertEquals("one", read(packed.get(0).sha256()));
    assertEquals("three", read(packed.get(2).sha256()));
    List<String> keys = new ArrayList<>();
    bucket.list("", entry -> keys.add(entry.key()));
    for (String key : keys) {
      String content = read(bucket.open(key, 0, 1 << 20).stream());
      assertTrue(!content.contains("two") && !content.contains("abc"), key);
    }
  }

  @Test
  void objectPutAgainAfterItsDeletionIsThereAgain() throws IOException {
    Blob packed = batch("one").get(0);
    store.delete(packed.sha256());
    batch("one");

    assertEquals("one", read(packed.sha256()));
  }

  @Test
  void readerWithAnOldViewFollowsARewrittenPack() throws IOException {
    List<Blob> packed = batch("one", "two");
    PackedObjectStore other = PackedObjectStore.open(bucket, Clock.systemUTC());

    store.delete(packed.get(0).sha256());

    assertEquals("two", read(other.open(packed.get(1).sha256())));
    assertThrows(BlobMissingException.class, () -> other.open(packed.get(0).sha256()));
  }

  @Test
  void wantedAgainAfterAnHourAnObjectCountsAsNew() throws Exception {
    put("abc");
    Blob packed = batch("one").get(0);
    PackedObjectStore later = PackedObjectStore.open(bucket, aWhileLater());

    later.put(stream("one"), "text/plain");

    Instant before = Clock.systemUTC().instant().plus(Duration.ofHours(1));
    List<String> old = new ArrayList<>();
    later
        .garbage()
        .visit(before, new DigestSet(), (lot, done, all) -> old.addAll(lot.sizes().keySet()));
    assertEquals(List.of(ABC), old);
    assertTrue(store.stat(packed.sha256()).isPresent());
  }

  @Test
  void whatAnotherProcessRemovedIsStoredWhenItIsPutAgain() throws IOException {
    for (Clock clock : List.of(Clock.systemUTC(), aWhileLater())) {
      List<Blob> packed = batch("one", "two");
      PackedObjectStore other = PackedObjectStore.open(bucket, clock);
      store.delete(packed.get(0).sha256());

      try (BlobBatch batch = other.batch()) {
        batch.put(bytes("one"), "text/plain");
        batch.commit();
      }

      assertEquals("one", read(packed.get(0).sha256()));
      store.deleteAll(packed.stream().map(Blob::sha256).toList());
      other.put(stream("two"), "text/plain");
      assertEquals("two", read(packed.get(1).sha256()));
      store.delete(packed.get(1).sha256());
    }
  }

  @Test
  void objectsAreCountedWithTheirBytes() {
    put("abc");
    batch("one", "four!");

    assertEquals(new PackedObjectStore.Totals(3, 11), store.totals());
  }

  @Test
  void objectThatTwoProcessesPackedIsListedOnce() {
    PackedObjectStore other = PackedObjectStore.open(bucket, Clock.systemUTC());
    batch("one", "two");
    try (BlobBatch batch = other.batch()) {
      batch.put(bytes("two"), "text/plain");
      batch.put(bytes("three"), "text/plain");
      batch.commit();
    }

    assertEquals(3, listed().size());
  }

  private Blob put(String content) {
    return store.put(stream(content), "text/plain");
  }

  private List<Blob> batch(String... contents) {
    List<Blob> blobs = new ArrayList<>();
    try (BlobBatch batch = store.batch()) {
      for (String content : contents) {
        blobs.add(batch.put(bytes(content), "text/plain"));
      }
      batch.commit();
    }
    return blobs;
  }

  private List<String> listed() {
    List<String> found = new ArrayList<>();
    store.list(blob -> found.add(blob.sha256()));
    assertEquals(new TreeSet<>(found).size(), found.size());
    return found;
  }

  private String read(String sha256) throws IOException {
    return read(store.open(sha256));
  }

  private static String read(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Clock aWhileLater() {
    return Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofHours(2)), ZoneOffset.UTC);
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  private static InputStream stream(String content) {
    return new ByteArrayInputStream(bytes(content));
  }
}
