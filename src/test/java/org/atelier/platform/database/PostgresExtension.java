package org.atelier.platform.database;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives plain JUnit tests a PostgreSQL database with every migration applied.
 *
 * <p>As a static field, {@code @RegisterExtension static final PostgresExtension postgres = new
 * PostgresExtension();}, all tests of the class share one database; as an instance field each test
 * has its own.
 */
public final class PostgresExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private final boolean migrated;
  private TestDatabaseServer server;
  private String name;
  private boolean shared;

  public PostgresExtension() {
    this(true);
  }

  private PostgresExtension(boolean migrated) {
    this.migrated = migrated;
  }

  /** A database without any table. */
  public static PostgresExtension empty() {
    return new PostgresExtension(false);
  }

  /** Jdbi as the application configures it, but with transactions of its own. */
  public Jdbi jdbi() {
    return server.jdbi(name);
  }

  public DataSource dataSource() {
    return server.dataSource(name);
  }

  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  public String username() {
    return server.username();
  }

  public String password() {
    return server.password();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared = true;
    create();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!shared) {
      create();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) {
      server.drop(name);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.drop(name);
  }

  private void create() {
    server = TestDatabaseServer.get();
    name = migrated ? server.createMigrated() : server.createEmpty();
  }
}
