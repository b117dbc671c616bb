package org.atelier.platform.storage;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the object store that the configuration names. */
class StorageBeans {

  @Produces
  @Singleton
  PackedObjectStore objectStore(
      Config config,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory,
      Clock clock) {
    return new StorageSettings(key -> config.getOptionalValue(key, String.class), dataDirectory)
        .open(clock);
  }

  @Produces
  @Singleton
  ForeignBuckets foreignBuckets(Config config) {
    return new StorageSettings(key -> config.getOptionalValue(key, String.class), Path.of(""))
        .foreign();
  }
}
