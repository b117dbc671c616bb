package org.atelier.platform.database;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/**
 * Gives the application under test an empty database and data directory of its own:
 * {@code @QuarkusTestResource(EmbeddedPostgresTestResource.class)}.
 */
public final class EmbeddedPostgresTestResource implements QuarkusTestResourceLifecycleManager {

  private TestDatabaseServer server;
  private String name;

  @Override
  public Map<String, String> start() {
    server = TestDatabaseServer.get();
    name = server.createEmpty();
    return Map.of(
        "quarkus.datasource.jdbc.url", server.jdbcUrl(name),
        "quarkus.datasource.username", server.username(),
        "quarkus.datasource.password", server.password(),
        "atelier.data-dir", Path.of("target/test-data", name).toAbsolutePath().toString());
  }

  @Override
  public void stop() {
    server.drop(name);
  }
}
