package org.atelier.platform.installation;

import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.atelier.platform.database.DataDirectory;
import org.atelier.platform.database.DataDirectoryInUseException;
import org.atelier.platform.database.EmbeddedDatabase;
import org.atelier.platform.keys.Keys;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The ground the server stands on. With a database of the operator's own there is nothing to open;
 * otherwise the data directory is owned and its database runs until {@link #close()}.
 */
public final class Installation implements AutoCloseable {

  private final DataDirectory directory;
  private final EmbeddedDatabase database;

  private Installation(DataDirectory directory, EmbeddedDatabase database) {
    this.directory = directory;
    this.database = database;
  }

  /**
   * Opens what the settings ask for.
   *
   * @throws IllegalArgumentException when an external database is configured without the keys
   * @throws org.atelier.platform.database.DatabaseStartException when the data directory cannot be
   *     owned or its database not started
   */
  public static Installation open(Settings settings) {
    if (settings.jdbcUrl().isPresent()) {
      Keys.configured(settings::get);
      return new Installation(null, null);
    }
    DataDirectory directory = DataDirectory.open(settings.dataDirectory());
    try {
      EmbeddedDatabase database =
          EmbeddedDatabase.start(
              directory, new EmbeddedDatabase.Options(settings.embeddedPort(), true));
      return new Installation(directory, database);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Opens the database for a command, also while a server runs on it.
   *
   * @throws org.atelier.platform.database.DatabaseStartException as {@link #open}
   */
  public static Installation openBeside(Settings settings) {
    if (settings.jdbcUrl().isPresent()) {
      return new Installation(null, null);
    }
    try {
      return open(settings);
    } catch (DataDirectoryInUseException e) {
      return new Installation(null, EmbeddedDatabase.attach(settings.dataDirectory()));
    }
  }

  /** Fresh connections to the database, one per request. */
  public DataSource dataSource(Settings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    if (database == null) {
      source.setUrl(settings.jdbcUrl().orElseThrow());
      settings.get("quarkus.datasource.username").ifPresent(source::setUser);
      settings.get("quarkus.datasource.password").ifPresent(source::setPassword);
    } else {
      source.setUrl(database.jdbcUrl());
      source.setUser(database.username());
      source.setPassword(database.password());
    }
    return source;
  }

  /** Whether Atelier brings the database, and so keeps its keys in the data directory. */
  public boolean embedded() {
    return database != null;
  }

  /** Configuration that tells the server of what was opened; empty with an external database. */
  public Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    if (database != null) {
      properties.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
      properties.put("quarkus.datasource.username", database.username());
      properties.put("quarkus.datasource.password", database.password());
      properties.put("atelier.database.embedded", "true");
      properties.put("atelier.data-dir", directory.path().toString());
    }
    return properties;
  }

  /** Stops the database; to be called when nothing uses it any more. */
  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
    if (directory != null) {
      directory.close();
    }
  }
}
