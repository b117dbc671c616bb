package org.atelier.dataset.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.atelier.platform.Ids;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.Bucket;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.StorageException;
import org.atelier.platform.storage.local.FolderBucket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Imports that end in the middle, and what the next attempt makes of them. */
class ImportBrokenOffTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int STEP = 250;

  /** Where steps end: the first are small and double up to 4,000 pictures. */
  private static final Set<Integer> ENDS =
      Set.of(0, 250, 750, 1_750, 3_750, 7_750, 11_750, 15_750, 19_750);

  private static final String FULL =
      "The disk is full. Nothing is lost: make room, then continue the import where it stopped.";

  @TempDir Path folder;
  private ImportFixture fixture;
  private Path file;
  private UUID id;

  @BeforeEach
  void begin() throws IOException {
    fixture = new ImportFixture(POSTGRES.jdbi(), Ids.next());
    file = ImportFixture.pictures(folder);
    id = fixture.begin();
  }

  @Test
  void killedProcessLeavesWholeStepsAndTheNextOneGoesOnWithoutDuplicates() throws Exception {
    Path objects = folder.resolve("objects");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ImportCrashProgram.class.getName(),
                POSTGRES.jdbcUrl(),
                POSTGRES.username(),
                POSTGRES.password(),
                id.toString(),
                file.toString(),
                objects.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("program.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (fixture.row(id).rowsDone() < STEP) {
      assertTrue(
          program.isAlive() && System.nanoTime() < end, () -> "the program took no step: " + log());
      Thread.sleep(10);
    }
    program.destroyForcibly().waitFor();
    int kept = fixture.row(id).added();
    assertTrue(kept >= STEP && kept < ImportFixture.PICTURES, kept + " were taken");
    assertEquals(kept, fixture.count(id, "count(*)"));

    attempt(FolderBucket.open(objects, true, Clock.systemUTC()));
    assertWhole(FolderBucket.open(objects, true, Clock.systemUTC()));
  }

  @Test
  void fullStoreStopsTheImportAndAfterRoomIsMadeItGoesOn() throws Exception {
    Path objects = folder.resolve("objects");
    LimitedBucket bucket = new LimitedBucket(FolderBucket.open(objects, true, Clock.systemUTC()));
    bucket.left = 1_200_000;
    assertFull(bucket);
    bucket.left = Long.MAX_VALUE;
    attempt(bucket);
    assertWhole(bucket);
  }

  @Test
  void fullDiskStopsTheImportAndAfterRoomIsMadeItGoesOn() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk.toString()));
    try {
      Bucket bucket = FolderBucket.open(disk.resolve("objects"), true, Clock.systemUTC());
      assertFull(bucket);
      assertTrue(mount("mount", "-o", "remount,size=100m", disk.toString()));
      attempt(bucket);
      assertWhole(bucket);
    } finally {
      mount("umount", "-l", disk.toString());
    }
  }

  private void assertFull(Bucket bucket) {
    StorageException full = assertThrows(StorageException.class, () -> attempt(bucket));
    assertEquals(507, full.problem().status());
    assertEquals(FULL, ImportHandler.message(full));
    int kept = fixture.row(id).added();
    assertTrue(kept < ImportFixture.PICTURES, kept + " were taken");
    assertTrue(ENDS.contains(kept), kept + " were taken: only whole steps stay");
    assertEquals(kept, fixture.count(id, "count(*)"));
    assertEquals("RUNNING", fixture.row(id).state());
  }

  private void assertWhole(Bucket bucket) throws Exception {
    assertEquals(ImportFixture.PICTURES, fixture.row(id).added());
    assertEquals(0, fixture.row(id).present());
    assertEquals(0, fixture.row(id).refused());
    assertEquals(ImportFixture.PICTURES, fixture.count(id, "count(*)"));
    assertEquals(ImportFixture.PICTURES, fixture.count(id, "count(distinct i.external_id)"));
    assertEquals(ImportFixture.PICTURES - 1, fixture.count(id, "max(i.ordinal)"));
    assertEquals(fixture.measured(id), fixture.row(id).chain());
    PackedObjectStore store = PackedObjectStore.open(bucket, Clock.systemUTC());
    for (String sha256 : fixture.digests(id)) {
      try (InputStream in = store.open(sha256)) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
        assertEquals(sha256, HexFormat.of().formatHex(digest));
      }
    }
  }

  private void attempt(Bucket bucket) throws IOException {
    ImportFixture.attempt(POSTGRES.jdbi(), id, file, bucket, (position, total) -> {});
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("program.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean mount(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A folder with a quota. */
  private static final class LimitedBucket implements Bucket {

    private final Bucket folder;
    private long left;

    private LimitedBucket(Bucket folder) {
      this.folder = folder;
    }

    @Override
    public Path staging() {
      return folder.staging();
    }

    @Override
    public void store(String key, Path staged) throws IOException {
      left -= Files.size(staged);
      if (left < 0) {
        throw new FileSystemException(key, null, "Disk quota exceeded");
      }
      folder.store(key, staged);
    }

    @Override
    public Part open(String key, long offset, long length) throws IOException {
      return folder.open(key, offset, length);
    }

    @Override
    public boolean touch(String key) throws IOException {
      return folder.touch(key);
    }

    @Override
    public Optional<Instant> modified(String key) throws IOException {
      return folder.modified(key);
    }

    @Override
    public void delete(String key) throws IOException {
      folder.delete(key);
    }

    @Override
    public void list(String prefix, Consumer<Entry> each) throws IOException {
      folder.list(prefix, each);
    }

    @Override
    public long free() throws IOException {
      return folder.free();
    }
  }
}
