package org.atelier.platform.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  private static final Path PROGRAMS = Path.of("target/postgres-bin");
  private static final EmbeddedDatabase.Options DURABLE = new EmbeddedDatabase.Options(0, true);

  @TempDir Path folder;

  @Test
  void committedRowsSurviveKillingTheApplicationAndItsOrphanedServerIsStopped() throws Exception {
    Process child = startChild(0);
    long acknowledged = readRows(child, 200);
    kill(child);
    long orphan = postmaster();
    assertTrue(ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false));

    assertEveryRowIsThere(acknowledged);

    assertFalse(isRunningPostgres(orphan));
  }

  @Test
  void committedRowsSurviveKillingEverythingAtOnce() throws Exception {
    Process child = startChild(0);
    long acknowledged = readRows(child, 200);
    long postmaster = postmaster();
    ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
    var workers = server.descendants().toList();
    child.destroyForcibly();
    server.destroyForcibly();
    workers.forEach(ProcessHandle::destroyForcibly);
    child.waitFor();

    assertEveryRowIsThere(acknowledged);
  }

  @Test
  void aServerThatDiesWhileTheApplicationLivesIsBroughtBackOnTheSamePort() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
      execute(database, "create table kept (id int)");
      execute(database, "insert into kept values (1), (2)");
      long before = postmaster();
      ProcessHandle.of(before).orElseThrow().destroyForcibly();

      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      long rows = -1;
      while (rows < 0 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
        try {
          rows = count(database, "select count(*) from kept");
        } catch (SQLException stillDown) {
          rows = -1;
        }
      }

      assertEquals(2, rows);
      assertNotEquals(before, postmaster());
    }
  }

  @Test
  void pidFileNamingSomebodyElsesLivingProcessDoesNotBlockTheStart() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder)) {
      EmbeddedDatabase.start(directory, PROGRAMS, DURABLE).close();
      long mine = ProcessHandle.current().pid();
      Files.writeString(
          folder.resolve("postgres/postmaster.pid"),
          mine + "\n" + folder.resolve("postgres") + "\n1700000000\n5432\n\n127.0.0.1\n\nready\n");

      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
        assertEquals(1, count(database, "select 1"));
      }
    }
  }

  @Test
  void halfWrittenDirectoryIsSetAsideAndMadeAnew() throws Exception {
    Path halfWritten = folder.resolve("postgres");
    Files.createDirectories(halfWritten.resolve("base"));
    Files.writeString(halfWritten.resolve("PG_VERSION"), "18\n");
    Path unfinished = folder.resolve("postgres.unfinished");
    Files.createDirectories(unfinished.resolve("global"));

    try (DataDirectory directory = DataDirectory.open(folder);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
      assertEquals(1, count(database, "select 1"));
    }

    assertTrue(Files.exists(folder.resolve("postgres.half-written/PG_VERSION")));
    assertFalse(Files.exists(unfinished));
  }

  @Test
  void directoryOfAnotherMajorVersionIsRefusedUntouchedAndTheWayOutIsNamed() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder)) {
      EmbeddedDatabase.start(directory, PROGRAMS, DURABLE).close();
      Files.writeString(folder.resolve("postgres/PG_VERSION"), "17\n");

      String message =
          assertThrows(
                  DatabaseStartException.class,
                  () -> EmbeddedDatabase.start(directory, PROGRAMS, DURABLE))
              .getMessage();

      assertTrue(message.contains("PostgreSQL 17"), message);
      assertTrue(message.contains("backup --out") && message.contains("restore"), message);
    }
  }

  @Test
  void secondProcessIsToldWhoOwnsTheDirectory() throws Exception {
    Process child = startChild(0);
    readRows(child, 1);
    try {
      String message =
          assertThrows(DatabaseStartException.class, () -> DataDirectory.open(folder)).getMessage();
      assertTrue(message.contains("process " + child.pid()), message);
      assertTrue(message.contains("ATELIER_DATA_DIR"), message);
    } finally {
      kill(child);
      stopOrphan();
    }
  }

  @Test
  void passwordIsPrivateRequiredAndReplacedWhenLost() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder)) {
      Path file = folder.resolve("postgres.password");
      String first;
      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
        first = database.password();
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertThrows(
            SQLException.class,
            () ->
                DriverManager.getConnection(
                    database.jdbcUrl(), database.username(), "another password"));
      }
      Files.delete(file);

      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
        assertFalse(database.password().equals(first));
        assertEquals(1, count(database, "select 1"));
      }
    }
  }

  @Test
  void commitsWaitForTheDisk() throws Exception {
    try (DataDirectory directory = DataDirectory.open(folder);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
      assertEquals(
          3,
          count(
              database,
              "select count(*) from pg_settings where setting = 'on' and name in"
                  + " ('fsync', 'synchronous_commit', 'full_page_writes')"));
    }
  }

  private void assertEveryRowIsThere(long acknowledged) throws SQLException {
    try (DataDirectory directory = DataDirectory.open(folder);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, PROGRAMS, DURABLE)) {
      assertEquals(
          acknowledged + 1,
          count(database, "select count(*) from kept where n <= " + acknowledged));
    }
  }

  private Process startChild(long firstRow) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            DatabaseCrashProgram.class.getName(),
            folder.toString(),
            PROGRAMS.toAbsolutePath().toString(),
            Long.toString(firstRow))
        .redirectError(folder.resolve("child.err").toFile())
        .start();
  }

  private long readRows(Process child, int rows) throws IOException {
    BufferedReader reader = child.inputReader();
    long last = -1;
    for (int i = 0; i < rows; i++) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException(Files.readString(folder.resolve("child.err")));
      }
      last = Long.parseLong(line);
    }
    return last;
  }

  private static void kill(Process child) throws InterruptedException {
    child.destroyForcibly();
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(0));
  }

  /** Waits for its end: until then it writes into the folder. */
  private void stopOrphan() throws IOException, InterruptedException {
    long orphan = postmaster();
    ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroy);
    for (int wait = 0; wait < 600 && isRunningPostgres(orphan); wait++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean isRunningPostgres(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .map(PostgresBinaries::isPostgres)
        .orElse(false);
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
