package org.atelier.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.atelier.platform.storage.aws.S3Bucket;
import org.atelier.platform.storage.aws.S3ForeignBuckets;
import org.atelier.platform.storage.local.FolderBucket;

/**
 * Where objects are kept: the configuration keys below {@code atelier.storage}.
 *
 * <ul>
 *   <li>{@code kind}: {@code folder} (default) or {@code s3}
 *   <li>{@code folder}: by default {@code objects} in the data directory
 *   <li>{@code durable}: whether storing waits for the disk, by default {@code true}
 *   <li>{@code s3.bucket}, {@code s3.prefix}, {@code s3.endpoint}, {@code s3.region}, {@code
 *       s3.path-style}, {@code s3.access-key}, {@code s3.secret-key}; credentials that are not
 *       given come from the usual AWS places
 * </ul>
 *
 * What is about to be stored in S3 waits in {@code staging} of the data directory; what a killed
 * process left there is removed by {@link PackedObjectStore#sweep}.
 *
 * <p>What is read from buckets that are not the store is reached by {@code source.endpoint}, {@code
 * source.region}, {@code source.path-style}, {@code source.access-key} and {@code
 * source.secret-key}, never with the store's own credentials.
 */
public final class StorageSettings {

  private static final String PREFIX = "atelier.storage.";

  private final Function<String, Optional<String>> configuration;
  private final Path dataDirectory;

  /**
   * @param configuration value of a configuration key, if any
   * @param dataDirectory where the folder is unless configured
   */
  public StorageSettings(Function<String, Optional<String>> configuration, Path dataDirectory) {
    this.configuration = configuration;
    this.dataDirectory = dataDirectory;
  }

  /**
   * Opens the store.
   *
   * @throws StorageException when it cannot be reached
   * @throws IllegalArgumentException when the configuration is wrong; the message names the key
   */
  public PackedObjectStore open(Clock clock) {
    try {
      return PackedObjectStore.open(bucket(clock), clock);
    } catch (IOException e) {
      throw new StorageException("The object store cannot be opened: " + e.getMessage(), e);
    }
  }

  private Bucket bucket(Clock clock) throws IOException {
    String kind = get("kind").orElse("folder").toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "folder" ->
          FolderBucket.open(
              get("folder").map(Path::of).orElse(dataDirectory.resolve("objects")),
              get("durable").map(Boolean::parseBoolean).orElse(true),
              clock);
      case "s3" -> s3();
      default ->
          throw new IllegalArgumentException(
              PREFIX + "kind is " + kind + ": it has to be folder or s3");
    };
  }

  private Bucket s3() throws IOException {
    String bucket =
        get("s3.bucket")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        PREFIX + "kind is s3: give " + PREFIX + "s3.bucket too"));
    String prefix = get("s3.prefix").orElse("");
    return S3Bucket.connect(
        connection("s3.", bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/"),
        dataDirectory.resolve("staging"));
  }

  /** Opens what is not the installation's own store, on first use. */
  public ForeignBuckets foreign() {
    return new ForeignBuckets() {
      private ForeignBuckets connected;

      @Override
      public InputStream open(String bucket, String key) throws IOException {
        return connected().open(bucket, key);
      }

      private synchronized ForeignBuckets connected() {
        if (connected == null) {
          connected = S3ForeignBuckets.connect(connection("source.", "", ""));
        }
        return connected;
      }
    };
  }

  private S3Bucket.Connection connection(String keys, String bucket, String prefix) {
    return new S3Bucket.Connection(
        bucket,
        prefix,
        get(keys + "endpoint").map(URI::create),
        get(keys + "region").orElse("us-east-1"),
        get(keys + "path-style").map(Boolean::parseBoolean).orElse(false),
        get(keys + "access-key"),
        get(keys + "secret-key"));
  }

  private Optional<String> get(String key) {
    return configuration.apply(PREFIX + key).filter(value -> !value.isBlank());
  }
}
