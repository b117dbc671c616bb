package org.atelier.platform.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.atelier.platform.Ids;
import org.atelier.platform.Sha256;
import org.atelier.platform.storage.local.FolderBucket;
import org.atelier.platform.work.WorkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCollectionTest {

  private static final Duration DAY_AND_HOUR = Duration.ofHours(25);

  @TempDir Path folder;

  private PackedObjectStore store;

  @BeforeEach
  void open() throws Exception {
    store =
        PackedObjectStore.open(
            FolderBucket.open(folder, false, Clock.systemUTC()), Clock.systemUTC());
  }

  @Test
  void whatNobodyNamesGoesAfterADayAndTheRestStays() throws Exception {
    String needed = put("needed");
    String unused = put("unused");
    List<String> packed = batch("packed and needed", "packed and unused");
    BlobReferences references =
        visitor -> List.of(needed, packed.get(0), "f".repeat(64)).forEach(visitor);

    List<String> log = collect(List.of(references), Duration.ofHours(25));

    assertTrue(store.stat(needed).isPresent());
    assertTrue(store.stat(packed.get(0)).isPresent());
    assertFalse(store.stat(unused).isPresent());
    assertFalse(store.stat(packed.get(1)).isPresent());
    assertEquals(
        "3 objects are needed; 2 unused ones were removed, 23 bytes.", log.get(log.size() - 1));
  }

  @Test
  void whatIsYoungerThanADayStaysThoughNobodyNamesItYet() throws Exception {
    String young = put("young");

    collect(List.of(visitor -> {}), Duration.ofHours(23));

    assertTrue(store.stat(young).isPresent());
  }

  @Test
  void whatIsNamedWhileTheCollectionRunsStays() throws Exception {
    String single = put("single");
    String packed = batch("packed").get(0);
    List<String> named = new ArrayList<>();
    BlobReferences references =
        new BlobReferences() {
          @Override
          public void visit(Consumer<String> sha256) {
            named.addAll(List.of(single, packed));
          }

          @Override
          public Set<String> needed(Set<String> sha256s) {
            return Set.copyOf(named);
          }
        };

    collect(List.of(references), Duration.ofHours(25));

    assertTrue(store.stat(single).isPresent());
    assertTrue(store.stat(packed).isPresent());
  }

  @Test
  void whatIsWantedWhileTheCollectionRunsStaysThoughNobodyNamesItYet() throws Exception {
    String single = put("single");
    String packed = batch("packed").get(0);
    Clock later = Clock.fixed(Clock.systemUTC().instant().plus(DAY_AND_HOUR), ZoneOffset.UTC);
    PackedObjectStore other =
        PackedObjectStore.open(FolderBucket.open(folder, false, later), later);
    BlobReferences references =
        new BlobReferences() {
          @Override
          public void visit(Consumer<String> sha256) {}

          @Override
          public Set<String> needed(Set<String> sha256s) {
            other.put(new ByteArrayInputStream(bytes("single")), "text/plain");
            try (BlobBatch batch = other.batch()) {
              batch.put(bytes("packed"), "text/plain");
              batch.commit();
            }
            return Set.of();
          }
        };

    collect(List.of(references), DAY_AND_HOUR);

    assertTrue(store.stat(single).isPresent());
    assertTrue(store.stat(packed).isPresent());
  }

  @Test
  void nothingIsRemovedWhenNoFeatureTellsWhatItNeeds() throws Exception {
    String object = put("object");

    collect(List.of(), Duration.ofDays(100));

    assertTrue(store.stat(object).isPresent());
  }

  @Test
  void setOfDigestsHoldsWhatWasAddedOnce() {
    DigestSet set = new DigestSet();
    for (int i = 0; i < 5000; i++) {
      set.add(Digests.text(Sha256.create().digest(Integer.toString(i % 2500).getBytes())));
    }

    assertEquals(2500, set.size());
    assertTrue(set.contains(Digests.text(Sha256.create().digest("2499".getBytes()))));
    assertFalse(set.contains(Digests.text(Sha256.create().digest("2500".getBytes()))));
  }

  @Test
  void sizesAreSaidInDecimalUnits() {
    assertEquals("999 B", StoragePages.bytes(999));
    assertEquals("1.0 kB", StoragePages.bytes(1000));
    assertEquals("12.3 MB", StoragePages.bytes(12_345_678));
    assertEquals("457 GB", StoragePages.bytes(456_789_000_000L));
  }

  private List<String> collect(List<BlobReferences> references, Duration later) throws Exception {
    Clock clock = Clock.fixed(Clock.systemUTC().instant().plus(later), ZoneOffset.UTC);
    LogOnly context = new LogOnly();
    new ObjectCollection(store, references, new GarbageRemoval(store, references), clock)
        .run(context);
    return context.lines;
  }

  private String put(String content) {
    return store.put(new ByteArrayInputStream(bytes(content)), "text/plain").sha256();
  }

  private List<String> batch(String... contents) {
    List<String> digests = new ArrayList<>();
    try (BlobBatch batch = store.batch()) {
      for (String content : contents) {
        digests.add(batch.put(bytes(content), "text/plain").sha256());
      }
      batch.commit();
    }
    return digests;
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  /** Keeps the log lines and forgets the rest. */
  private static final class LogOnly implements WorkContext {

    private final List<String> lines = new ArrayList<>();

    @Override
    public UUID workId() {
      return Ids.next();
    }

    @Override
    public UUID projectId() {
      return null;
    }

    @Override
    public UUID subjectId() {
      return null;
    }

    @Override
    public <T> T payload(Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void progress(String phase, long done, long total) {}

    @Override
    public void makeWay() {}

    @Override
    public void log(String line) {
      lines.add(line);
    }

    @Override
    public void checkCancelled() {}

    @Override
    public Optional<String> checkpoint() {
      return Optional.empty();
    }

    @Override
    public void checkpoint(String json) {}
  }
}
