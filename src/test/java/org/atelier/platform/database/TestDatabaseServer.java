package org.atelier.platform.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.jackson2.Jackson2Config;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL for all tests of this process, started by the first that asks. It is shared
 * between class loaders through a system property and vanishes with the process.
 */
public final class TestDatabaseServer {

  private static final String PROPERTY = "atelier.test.database";
  private static final String TEMPLATE = "migrated";
  private static final Path FOLDER = Path.of("target/test-postgres");

  private final String host;
  private final String password;

  private TestDatabaseServer(String host, String password) {
    this.host = host;
    this.password = password;
  }

  /** The server of this process. */
  public static TestDatabaseServer get() {
    synchronized (System.class) {
      if (System.getProperty(PROPERTY) == null) {
        start();
      }
      String[] parts = System.getProperty(PROPERTY).split(" ");
      return new TestDatabaseServer(parts[0], parts[1]);
    }
  }

  /** Makes an empty database and answers its name. */
  public String createEmpty() {
    String name = newName();
    execute("create database " + name);
    return name;
  }

  /** Makes a database with every migration applied and answers its name. */
  public String createMigrated() {
    synchronized (System.class) {
      if (System.getProperty(PROPERTY + "." + TEMPLATE) == null) {
        execute("create database " + TEMPLATE);
        Flyway.configure().dataSource(dataSource(TEMPLATE)).load().migrate();
        System.setProperty(PROPERTY + "." + TEMPLATE, "true");
      }
      String name = newName();
      execute("create database " + name + " template " + TEMPLATE + " strategy file_copy");
      return name;
    }
  }

  public void drop(String name) {
    execute("drop database if exists " + name + " with (force)");
  }

  public String jdbcUrl(String name) {
    return host + name;
  }

  public String username() {
    return DatabaseCluster.USER;
  }

  public String password() {
    return password;
  }

  /** A source of fresh connections, one per request. */
  public DataSource dataSource(String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(name));
    source.setUser(username());
    source.setPassword(password);
    return source;
  }

  /** Jdbi with the plugins and the JSON mapping of the application. */
  public Jdbi jdbi(String name) {
    Jdbi jdbi = Jdbi.create(dataSource(name));
    jdbi.installPlugin(new PostgresPlugin());
    jdbi.installPlugin(new Jackson2Plugin());
    jdbi.getConfig(Jackson2Config.class)
        .setMapper(
            new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS));
    return jdbi;
  }

  private static String newName() {
    return "t_" + UUID.randomUUID().toString().replace("-", "");
  }

  private void execute(String sql) {
    try (Connection connection = dataSource("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static void start() {
    try {
      sweep();
      Files.createDirectories(FOLDER);
      DataDirectory directory = DataDirectory.open(Files.createTempDirectory(FOLDER, "run-"));
      EmbeddedDatabase database =
          EmbeddedDatabase.start(
              directory, Path.of("target/postgres-bin"), new EmbeddedDatabase.Options(0, false));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory, database)));
      System.setProperty(PROPERTY, database.jdbcUrl("") + " " + database.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(DataDirectory directory, EmbeddedDatabase database) {
    try {
      database.close();
      directory.close();
      PostgresBinaries.deleteTree(directory.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what killed test runs left behind. */
  private static void sweep() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return;
    }
    try (Stream<Path> runs = Files.list(FOLDER)) {
      for (Path run : runs.toList()) {
        try (DataDirectory abandoned = DataDirectory.open(run)) {
          PostgresBinaries binaries = PostgresBinaries.unpack(Path.of("target/postgres-bin"));
          new LeftoverServer(abandoned.path().resolve("postgres"), binaries).clear();
        } catch (DatabaseStartException e) {
          continue;
        }
        PostgresBinaries.deleteTree(run);
      }
    }
  }
}
