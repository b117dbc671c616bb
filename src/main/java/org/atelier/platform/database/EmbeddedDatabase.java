package org.atelier.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL server that lives in the data directory and listens on this machine only. Committed
 * transactions survive the death of this process, of the server and of the machine; a server that
 * dies while this process lives is started again on the same port.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  /**
   * How the server runs.
   *
   * @param port TCP port on the loopback address, 0 for any free one
   * @param durable whether commits wait for the disk; false only in tests
   */
  public record Options(int port, boolean durable) {}

  private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
  private static final String FOLDER = "postgres";
  private static final String NAME = "atelier";
  private static final long MAX_LOG_BYTES = 20L << 20;
  private static final int START_ATTEMPTS = 3;

  private final PostgresBinaries binaries;
  private final Path cluster;
  private final int port;
  private final String password;
  private boolean running = true;
  private ServerWatch watch;

  private EmbeddedDatabase(PostgresBinaries binaries, Path cluster, int port, String password) {
    this.binaries = binaries;
    this.cluster = cluster;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server, making or recovering its files first.
   *
   * @param directory owned by this process
   * @param steps told in words what is being done
   * @throws DatabaseStartException when the files belong to another major version or the server
   *     does not come up
   */
  public static EmbeddedDatabase start(
      DataDirectory directory, Options options, Consumer<String> steps) {
    return start(directory, directory.path().resolve("postgres-bin"), options, steps);
  }

  /** As {@link #start(DataDirectory, Options, Consumer)}, without telling. */
  public static EmbeddedDatabase start(DataDirectory directory, Options options) {
    return start(directory, options, step -> {});
  }

  /** The same with the programs unpacked elsewhere. */
  public static EmbeddedDatabase start(DataDirectory directory, Path programs, Options options) {
    return start(directory, programs, options, step -> {});
  }

  private static EmbeddedDatabase start(
      DataDirectory directory, Path programs, Options options, Consumer<String> steps) {
    try {
      if (!Files.isDirectory(programs)) {
        steps.accept("Database: unpacking PostgreSQL, on the first start only");
      }
      PostgresBinaries binaries = PostgresBinaries.unpack(programs);
      DatabaseCluster cluster = new DatabaseCluster(directory.path(), binaries);
      new LeftoverServer(cluster.directory(), binaries).clear();
      if (!cluster.exists()) {
        steps.accept("Database: making a new one in " + cluster.directory());
      }
      String password = cluster.prepare();
      steps.accept("Database: starting PostgreSQL");
      EmbeddedDatabase database = startServer(directory, binaries, cluster, password, options);
      database.createDatabase(NAME);
      database.watch = ServerWatch.begin(database::revive);
      return database;
    } catch (IOException | SQLException e) {
      throw new DatabaseStartException(
          "The embedded PostgreSQL in " + directory.path() + " cannot start: " + e.getMessage(), e);
    }
  }

  /** Whether a directory holds a database already, of whatever version. */
  public static boolean exists(DataDirectory directory) {
    return DatabaseCluster.exists(directory.path().resolve(FOLDER));
  }

  /**
   * Finds the server that another process runs in a data directory; closing it does nothing.
   *
   * @throws DatabaseStartException when none runs there
   */
  public static EmbeddedDatabase attach(Path directory) {
    Path cluster = directory.resolve(FOLDER);
    try {
      int port = Integer.parseInt(Files.readAllLines(cluster.resolve("postmaster.pid")).get(3));
      String password = Files.readString(directory.resolve("postgres.password")).trim();
      EmbeddedDatabase database = new EmbeddedDatabase(null, cluster, port, password);
      database.running = false;
      return database;
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new DatabaseStartException(
          "The PostgreSQL in " + directory + " is being started or stopped: try again.", e);
    }
  }

  /** Address of the application's database, without credentials. */
  public String jdbcUrl() {
    return jdbcUrl(NAME);
  }

  /** Address of a database of this server, without credentials. */
  public String jdbcUrl(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  public String username() {
    return DatabaseCluster.USER;
  }

  public String password() {
    return password;
  }

  /** Stops the server after the statements in flight were rolled back; again is harmless. */
  @Override
  public synchronized void close() {
    if (!running) {
      return;
    }
    running = false;
    watch.end();
    try {
      binaries.run(
          List.of(), "pg_ctl", "stop", "--pgdata=" + cluster, "--mode=fast", "--timeout=60");
    } catch (IOException | DatabaseStartException e) {
      LOG.warnf("The embedded PostgreSQL did not stop cleanly: %s", e.getMessage());
    }
  }

  /** Starts the server again if it died; what it had committed is replayed from its log. */
  private synchronized void revive() throws IOException {
    LeftoverServer server = new LeftoverServer(cluster, binaries);
    if (!running || server.isRunning()) {
      return;
    }
    LOG.errorf(
        "The embedded PostgreSQL died; starting it again%s", DatabaseRoom.complaint(cluster));
    server.clear();
    startProgram(binaries, cluster);
    LOG.info("The embedded PostgreSQL is back");
  }

  private static void startProgram(PostgresBinaries binaries, Path cluster) throws IOException {
    binaries.run(
        List.of(),
        "pg_ctl",
        "start",
        "--pgdata=" + cluster,
        "--log=" + cluster.resolveSibling("postgres.log"),
        "--wait",
        "--timeout=600");
  }

  private static EmbeddedDatabase startServer(
      DataDirectory directory,
      PostgresBinaries binaries,
      DatabaseCluster cluster,
      String password,
      Options options)
      throws IOException {
    Path log = directory.path().resolve("postgres.log");
    rotate(log);
    for (int attempt = 1; ; attempt++) {
      int port = options.port() == 0 ? freePort() : options.port();
      cluster.configure(settings(port, options.durable()));
      try {
        startProgram(binaries, cluster.directory());
        return new EmbeddedDatabase(binaries, cluster.directory(), port, password);
      } catch (DatabaseStartException e) {
        // A free port may be taken between asking and starting.
        if (attempt == START_ATTEMPTS || options.port() != 0) {
          throw new DatabaseStartException(e.getMessage() + "\nThe reason stands in " + log, e);
        }
      }
    }
  }

  private static List<String> settings(int port, boolean durable) {
    String safe = durable ? "on" : "off";
    return List.of(
        "listen_addresses = '127.0.0.1'",
        "port = " + port,
        "unix_socket_directories = ''",
        "password_encryption = 'scram-sha-256'",
        "fsync = " + safe,
        "synchronous_commit = " + safe,
        "full_page_writes = " + safe,
        "max_connections = 100",
        "shared_buffers = '256MB'",
        "work_mem = '16MB'",
        "maintenance_work_mem = '128MB'",
        "max_wal_size = '2GB'",
        "checkpoint_timeout = '15min'",
        "random_page_cost = 1.1",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "log_line_prefix = '%m [%p] '",
        "log_checkpoints = off");
  }

  private void createDatabase(String name) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username());
    properties.setProperty("password", password);
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), properties);
        Statement statement = connection.createStatement()) {
      boolean present;
      try (var rows =
          statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
        present = rows.next();
      }
      if (!present) {
        statement.execute("create database " + name);
      }
    }
  }

  private static void rotate(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
