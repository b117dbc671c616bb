package org.atelier.platform.keys;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the keys: made by itself with the embedded database, given by the operator otherwise. */
class KeyBeans {

  /** Keys that cannot be read end the start, instead of every request after it. */
  void open(@Observes StartupEvent start, Keys keys) {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      keys.ring(purpose).current();
    }
  }

  @Produces
  @Singleton
  Keys keys(
      Config config,
      @ConfigProperty(name = "atelier.database.embedded", defaultValue = "false") boolean embedded,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory) {
    Function<String, Optional<String>> configuration =
        key -> config.getOptionalValue(key, String.class);
    if (!embedded) {
      return Keys.configured(configuration);
    }
    try {
      return Keys.kept(configuration, dataDirectory.resolve("keys"));
    } catch (IOException e) {
      throw new UncheckedIOException("The keys in " + dataDirectory + " cannot be read", e);
    }
  }
}
