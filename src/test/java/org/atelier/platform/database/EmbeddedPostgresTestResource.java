package org.atelier.platform.database;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.atelier.platform.keys.KeyPurpose;
import org.atelier.platform.keys.Keys;

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
    Map<String, String> properties = new HashMap<>();
    properties.put("quarkus.datasource.jdbc.url", server.jdbcUrl(name));
    properties.put("quarkus.datasource.username", server.username());
    properties.put("quarkus.datasource.password", server.password());
    properties.put(
        "atelier.data-dir", Path.of("target/test-data", name).toAbsolutePath().toString());
    for (KeyPurpose purpose : KeyPurpose.values()) {
      properties.put(Keys.PREFIX + purpose.key(), Keys.generate("test"));
    }
    return properties;
  }

  @Override
  public void stop() {
    server.drop(name);
  }
}
