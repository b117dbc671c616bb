package org.atelier.platform.database;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;

/**
 * A process to be killed: starts the database in the folder it is given and commits one row after
 * the other, naming each on standard output once it is committed.
 */
public final class DatabaseCrashProgram {

  private DatabaseCrashProgram() {}

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    DataDirectory directory = DataDirectory.open(Path.of(args[0]));
    EmbeddedDatabase database =
        EmbeddedDatabase.start(directory, Path.of(args[1]), new EmbeddedDatabase.Options(0, true));
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table if not exists kept (n bigint primary key)");
      }
      long next = Long.parseLong(args[2]);
      try (PreparedStatement insert =
          connection.prepareStatement("insert into kept (n) values (?)")) {
        while (true) {
          insert.setLong(1, next);
          insert.executeUpdate();
          out.println(next++);
        }
      }
    }
  }
}
