package org.atelier.platform.backup;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The mark that a restore sets before anything else and takes away when all is done: an empty
 * schema. A database with the mark holds a part of a backup, and nobody may work with it.
 */
@Singleton
class UnfinishedRestore {

  private static final String SCHEMA = "unfinished_restore";
  private static final int BEFORE_OTHERS = 1;

  private final DataSource database;

  UnfinishedRestore(DataSource database) {
    this.database = database;
  }

  void refuseStart(@Observes @Priority(BEFORE_OTHERS) StartupEvent start) throws SQLException {
    require(database);
  }

  /**
   * @throws BackupException when a restore into the database did not come to its end
   */
  static void require(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      require(connection);
    }
  }

  static void require(Connection connection) throws SQLException {
    if (in(connection)) {
      throw new BackupException(
          "The database holds a part of a backup: a restore was cut off. Run the same `restore`"
              + " again; it starts over by itself.");
    }
  }

  static boolean in(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return in(connection);
    }
  }

  private static boolean in(Connection connection) throws SQLException {
    return !Sql.list(
            connection,
            "select 1 from pg_namespace where nspname = '" + SCHEMA + "'",
            row -> row.getInt(1))
        .isEmpty();
  }

  static void mark(DataSource database, String file) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Sql.execute(connection, "create schema " + SCHEMA);
      Sql.execute(
          connection, "comment on schema " + SCHEMA + " is " + Sql.literal("restore of " + file));
      connection.commit();
    }
  }

  static void unmark(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Sql.execute(connection, "drop schema " + SCHEMA);
    }
  }
}
