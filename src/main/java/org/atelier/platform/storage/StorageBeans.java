package org.atelier.platform.storage;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.atelier.platform.storage.aws.S3Bucket;
import org.atelier.platform.storage.local.FolderBucket;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the object store that the configuration names. */
class StorageBeans {

  @Produces
  @Singleton
  PackedObjectStore objectStore(
      StorageConfiguration configuration,
      @ConfigProperty(name = "atelier.data-dir", defaultValue = "data") Path dataDirectory,
      Clock clock) {
    try {
      return PackedObjectStore.open(bucket(configuration, dataDirectory, clock), clock);
    } catch (IOException e) {
      throw new StorageException("The object store cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Bucket bucket(StorageConfiguration configuration, Path dataDirectory, Clock clock)
      throws IOException {
    if (configuration.kind() == StorageConfiguration.Kind.FOLDER) {
      Path folder = configuration.folder().map(Path::of).orElse(dataDirectory.resolve("objects"));
      return FolderBucket.open(folder, configuration.durable(), clock);
    }
    StorageConfiguration.S3 s3 = configuration.s3();
    String name =
        s3.bucket()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "atelier.storage.kind is s3: give atelier.storage.s3.bucket too"));
    String prefix = s3.prefix().orElse("");
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      prefix = prefix + "/";
    }
    return S3Bucket.connect(
        new S3Bucket.Connection(
            name,
            prefix,
            s3.endpoint(),
            s3.region(),
            s3.pathStyle(),
            s3.accessKey(),
            s3.secretKey()),
        Files.createTempDirectory("atelier-upload-"));
  }
}
