package org.atelier.platform.installation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.atelier.platform.database.DataDirectory;
import org.atelier.platform.database.DataDirectoryInUseException;
import org.atelier.platform.database.EmbeddedDatabase;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.Keys;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The ground the server stands on. With a database of the operator's own there is nothing to open;
 * otherwise the data directory is owned and its database runs until {@link #close()}.
 */
public final class Installation implements AutoCloseable {

  private final DataDirectory directory;
  private final EmbeddedDatabase database;
  private final boolean old;

  private Installation(DataDirectory directory, EmbeddedDatabase database, boolean old) {
    this.directory = directory;
    this.database = database;
    this.old = old;
  }

  /**
   * Opens what the settings ask for.
   *
   * @param steps told in words what is being done
   * @throws IllegalArgumentException when an external database is configured without the keys
   * @throws org.atelier.platform.database.DatabaseStartException when the data directory cannot be
   *     owned, its database not started, or a restore into it was cut off
   */
  public static Installation open(Settings settings, Consumer<String> steps) {
    if (settings.jdbcUrl().isPresent()) {
      Keys.configured(settings::get);
      return new Installation(null, null, true);
    }
    RestoreMark.requireNone(settings.dataDirectory());
    return open(settings, false, steps);
  }

  private static Installation open(Settings settings, boolean restore, Consumer<String> steps) {
    DataDirectory directory = DataDirectory.open(settings.dataDirectory());
    try {
      boolean old = EmbeddedDatabase.exists(directory);
      if (restore && !old) {
        RestoreMark.set(directory.path());
      }
      EmbeddedDatabase database =
          EmbeddedDatabase.start(
              directory, new EmbeddedDatabase.Options(settings.embeddedPort(), true), steps);
      return new Installation(directory, database, old);
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
      return new Installation(null, null, true);
    }
    RestoreMark.requireNone(settings.dataDirectory());
    return openBeside(settings, false);
  }

  /**
   * Opens the database for a restore. A data directory without one is marked before anything else,
   * so that a kill at any time leaves nothing that looks like a new installation.
   *
   * @throws org.atelier.platform.database.DatabaseStartException when the data directory cannot be
   *     owned or its database not started
   */
  public static Installation openForRestore(Settings settings) {
    return settings.jdbcUrl().isPresent()
        ? new Installation(null, null, true)
        : openBeside(settings, true);
  }

  private static Installation openBeside(Settings settings, boolean restore) {
    try {
      return open(settings, restore, step -> {});
    } catch (DataDirectoryInUseException e) {
      return new Installation(null, EmbeddedDatabase.attach(settings.dataDirectory()), true);
    }
  }

  /** A restore came to its end, whether it was done or refused and cleared what it had written. */
  public void restoreEnded() {
    if (directory != null) {
      RestoreMark.clear(directory.path());
    }
  }

  /**
   * Makes sure of the keys in the data directory before anything is served.
   *
   * @return what to tell the operator about keys that were gone, empty when none was
   * @throws org.atelier.platform.keys.UnusableKeyException when one is badly written or others may
   *     read it
   */
  public Optional<String> secureKeys(Settings settings) throws IOException {
    if (directory == null) {
      return Optional.empty();
    }
    Path folder = directory.path().resolve("keys");
    List<KeyPurpose> missing = old ? Keys.replaceMissing(settings::get, folder) : List.of();
    Keys.kept(settings::get, folder);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ("Missing in %s: %s. New keys were made. What the old ones made is no longer valid"
                + " (session: people sign in again; token: access tokens; link: addresses of"
                + " pictures in instructions; evidence: signatures of certificates). If you have"
                + " the old files, put their lines below those of the new ones and start again.")
            .formatted(
                folder, missing.stream().map(KeyPurpose::key).collect(Collectors.joining(", "))));
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
