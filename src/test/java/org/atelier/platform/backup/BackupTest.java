package org.atelier.platform.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.atelier.platform.Ids;
import org.atelier.platform.database.OlderPostgres;
import org.atelier.platform.database.PostgresExtension;
import org.atelier.platform.storage.BlobBatch;
import org.atelier.platform.storage.PackedObjectStore;
import org.atelier.platform.storage.local.FolderBucket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {

  @RegisterExtension final PostgresExtension source = new PostgresExtension();
  @RegisterExtension final PostgresExtension target = PostgresExtension.empty();

  @TempDir Path folder;

  private PackedObjectStore store;
  private Path file;
  private String single;
  private String packed;

  @BeforeEach
  void fill() throws Exception {
    file = folder.resolve("atelier.backup");
    store = store("from");
    single =
        store
            .put(
                new ByteArrayInputStream("a picture".getBytes(StandardCharsets.UTF_8)), "image/png")
            .sha256();
    try (BlobBatch batch = store.batch()) {
      packed = batch.put("a small one".getBytes(StandardCharsets.UTF_8), "image/gif").sha256();
      batch.commit();
    }
    audit("first");
    audit("tab\there, backslash \\ and a line\nend, ünï");
  }

  @Test
  void backupMovesToAnotherMajorVersionAndBackWithEveryRowAndObject() throws Exception {
    Manifest first = backup(source.dataSource(), store, line -> {});
    try (OlderPostgres older = OlderPostgres.start(folder)) {
      PackedObjectStore there = store("there");
      restore(older.dataSource(), there);
      Manifest second = backup(older.dataSource(), there, line -> {});
      assertTrue(first.serverVersion().startsWith("18"), first.serverVersion());
      assertTrue(second.serverVersion().startsWith("16"), second.serverVersion());
      assertEquals(first.tables(), second.tables());
      assertEquals(first.sequences(), second.sequences());
    }
    PackedObjectStore back = store("back");
    restore(target.dataSource(), back);

    assertEquals(2, count(target.dataSource(), "select count(*) from platform.audit_entry"));
    assertEquals("a picture", read(back, single));
    assertEquals("a small one", read(back, packed));
    assertEquals("image/gif", back.stat(packed).orElseThrow().mediaType());
    audit(target.dataSource(), "continues counting");
    assertEquals(3, count(target.dataSource(), "select max(id) from platform.audit_entry"));
  }

  @Test
  void whatIsWrittenWhileTheBackupRunsIsNotInIt() throws Exception {
    boolean[] written = new boolean[1];
    backup(
        source.dataSource(),
        store,
        line -> {
          if (!written[0]) {
            written[0] = true;
            audit("too late");
          }
        });

    restore(target.dataSource(), store("back"));

    assertTrue(written[0]);
    assertEquals(3, count(source.dataSource(), "select count(*) from platform.audit_entry"));
    assertEquals(2, count(target.dataSource(), "select count(*) from platform.audit_entry"));
  }

  @Test
  void foreignKeysAndAppendOnlyTriggersStandAfterwards() throws Exception {
    backup(source.dataSource(), store, line -> {});
    restore(target.dataSource(), store("back"));

    String keys =
        "select count(*) from pg_constraint where contype = 'f' and convalidated"
            + " and connamespace::regnamespace::text not in ('public', 'pg_catalog')";
    assertTrue(count(source.dataSource(), keys) > 0);
    assertEquals(count(source.dataSource(), keys), count(target.dataSource(), keys));
    assertThrows(
        SQLException.class, () -> execute(target.dataSource(), "delete from platform.audit_entry"));
  }

  @Test
  void databaseThatIsNotEmptyIsRefusedUntouched() throws Exception {
    backup(source.dataSource(), store, line -> {});
    execute(target.dataSource(), "create table mine (n int)");

    String message =
        assertThrows(BackupException.class, () -> restore(target.dataSource(), store("back")))
            .getMessage();

    assertTrue(message.contains("public.mine"), message);
    assertEquals(0, count(target.dataSource(), "select count(*) from mine"));
  }

  @Test
  void damagedFileIsNoticedAndTheDatabaseIsEmptyAgain() throws Exception {
    Manifest manifest = backup(source.dataSource(), store, line -> {});
    assertTrue(manifest.tables().size() > 3);
    damageObject();

    assertThrows(Exception.class, () -> restore(target.dataSource(), store("back")));

    assertEquals(
        0,
        count(
            target.dataSource(),
            "select count(*) from pg_tables where schemaname not in"
                + " ('pg_catalog', 'information_schema')"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform.audit_entry", "objects"})
  void restoreThatWasKilledStartsOverWhenItIsRunAgain(String killedAt) throws Exception {
    backup(source.dataSource(), store, line -> {});
    assertEquals(RestoreCrashProgram.KILLED, killedRestore(killedAt));

    BackupException refused =
        assertThrows(BackupException.class, () -> UnfinishedRestore.require(target.dataSource()));
    assertTrue(refused.getMessage().contains("`restore` again"), refused.getMessage());
    assertThrows(
        BackupException.class,
        () -> backup(target.dataSource(), store, folder.resolve("none"), line -> {}));

    PackedObjectStore back = store("killed");
    restore(target.dataSource(), back);

    UnfinishedRestore.require(target.dataSource());
    assertEquals(2, count(target.dataSource(), "select count(*) from platform.audit_entry"));
    assertEquals("a picture", read(back, single));
    assertEquals("a small one", read(back, packed));
  }

  private int killedRestore(String word) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RestoreCrashProgram.class.getName(),
                file.toString(),
                target.jdbcUrl(),
                target.username(),
                target.password(),
                folder.resolve("killed").toString(),
                word)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.log").toFile())
            .start();
    assertTrue(child.waitFor(180, TimeUnit.SECONDS), "the restore hangs");
    return child.exitValue();
  }

  @Test
  void eventsOfAnotherServerAreReadInTheNewOneAtOnce() throws Exception {
    execute(
        source.dataSource(),
        "insert into platform.outbox (at, type, payload, transaction_id)"
            + " values (now(), 'told', '{}', '999999999')");
    backup(source.dataSource(), store, line -> {});
    restore(target.dataSource(), store("back"));

    assertEquals(
        1,
        count(
            target.dataSource(),
            "select count(*) from platform.outbox"
                + " where transaction_id < pg_snapshot_xmin(pg_current_snapshot())"));
  }

  @Test
  void rowsOfTheAuditTrailCanNeitherBeChangedNorRemoved() throws Exception {
    for (String attempt :
        List.of(
            "update platform.audit_entry set person_name = 'Nobody'",
            "delete from platform.audit_entry where id = 1",
            "truncate platform.audit_entry")) {
      SQLException refused =
          assertThrows(SQLException.class, () -> execute(source.dataSource(), attempt), attempt);
      assertTrue(refused.getMessage().contains("never changed or removed"), refused.getMessage());
    }
    assertEquals(2, count(source.dataSource(), "select count(*) from platform.audit_entry"));
  }

  @Test
  void fileThatWasCutOffIsRefused() throws Exception {
    backup(source.dataSource(), store, line -> {});
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2);
    }

    String message =
        assertThrows(BackupException.class, () -> restore(target.dataSource(), store("back")))
            .getMessage();

    assertTrue(message.contains("cut off"), message);
  }

  @Test
  void keysComeBackPrivately() throws Exception {
    Path keys = Files.createDirectories(folder.resolve("keys"));
    Files.writeString(keys.resolve("link"), "k1:secret\n");
    try (Connection connection = source.dataSource().getConnection();
        OutputStream out = Files.newOutputStream(file)) {
      new BackupWriter(connection, store, keys, line -> {}).write(out, Clock.systemUTC());
    }
    Path restored = folder.resolve("restored-keys");

    new BackupReader(file, line -> {}).restore(target.dataSource(), store("back"), restored);

    assertEquals("k1:secret\n", Files.readString(restored.resolve("link")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(restored.resolve("link"))));
  }

  private Manifest backup(DataSource from, PackedObjectStore objects, Consumer<String> progress)
      throws Exception {
    return backup(from, objects, file, progress);
  }

  private static Manifest backup(
      DataSource from, PackedObjectStore objects, Path file, Consumer<String> progress)
      throws Exception {
    try (Connection connection = from.getConnection();
        OutputStream out = Files.newOutputStream(file)) {
      return new BackupWriter(connection, objects, null, progress).write(out, Clock.systemUTC());
    }
  }

  private void restore(DataSource to, PackedObjectStore objects) throws Exception {
    new BackupReader(file, line -> {}).restore(to, objects, null);
  }

  /** Changes one byte of the stored picture, which is packed without compression. */
  private void damageObject() throws IOException {
    byte[] all = Files.readAllBytes(file);
    byte[] content = "a picture".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < all.length - content.length; i++) {
      if (Arrays.equals(all, i, i + content.length, content, 0, content.length)) {
        all[i] = 'A';
      }
    }
    Files.write(file, all);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertTrue(zip.size() > 5);
    }
  }

  private void audit(String action) {
    try {
      audit(source.dataSource(), action);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void audit(DataSource database, String action) throws SQLException {
    try (Connection connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into platform.audit_entry
                  (at, person_name, action, subject_type, subject_id, details)
                values (now(), 'Ana', ?, 'test', ?, '{}')\
                """)) {
      insert.setString(1, action);
      insert.setObject(2, Ids.next());
      insert.executeUpdate();
    }
  }

  private PackedObjectStore store(String name) throws IOException {
    return PackedObjectStore.open(
        FolderBucket.open(folder.resolve(name), false, Clock.systemUTC()), Clock.systemUTC());
  }

  private static String read(PackedObjectStore objects, String sha256) throws IOException {
    try (var in = objects.open(sha256)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.execute(connection, sql);
    }
  }

  private static long count(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      List<Long> rows = Sql.list(connection, sql, row -> row.getLong(1));
      return rows.get(0);
    }
  }
}
