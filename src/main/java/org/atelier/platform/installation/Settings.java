package org.atelier.platform.installation;

import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration as the server will see it, readable before the server runs: system properties,
 * environment, {@code .env}, {@code config/application.properties}, then what is built in.
 */
public final class Settings {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final int FILE = 260;
  private static final int BUILT_IN = 250;

  private final SmallRyeConfig config;

  private Settings(SmallRyeConfig config) {
    this.config = config;
  }

  /** Reads the configuration of this process, files relative to the working directory. */
  public static Settings read() throws IOException {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("prod").addSystemSources();
    DotEnvConfigSourceProvider.dotEnvSources(Settings.class.getClassLoader())
        .forEach(builder::withSources);
    Path file = Path.of("config", "application.properties");
    if (Files.exists(file)) {
      builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE));
    }
    URL builtIn = Settings.class.getResource("/application.properties");
    if (builtIn != null) {
      builder.withSources(new PropertiesConfigSource(builtIn, BUILT_IN));
    }
    return new Settings(builder.build());
  }

  /** Value of a key, empty when nobody gave one. */
  public Optional<String> get(String key) {
    return config.getOptionalValue(key, String.class);
  }

  /** Folder for what must survive, {@code ./data} unless configured. */
  public Path dataDirectory() {
    return Path.of(get("atelier.data-dir").orElse("data"));
  }

  /** Address of a PostgreSQL that somebody else runs; empty when Atelier brings its own. */
  public Optional<String> jdbcUrl() {
    return get(JDBC_URL).filter(url -> !url.isBlank());
  }

  /** Port of the database that Atelier brings, 0 for any free one. */
  public int embeddedPort() {
    return get("atelier.database.port").map(Integer::parseInt).orElse(0);
  }
}
