package org.atelier.platform.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where objects are kept: keys below {@code atelier.storage}. */
@ConfigMapping(prefix = "atelier.storage")
interface StorageConfiguration {

  /** {@code folder} or {@code s3}. */
  @WithDefault("folder")
  Kind kind();

  /** Folder of the objects; below the data directory when not given. */
  Optional<String> folder();

  /** Whether storing waits for the disk. */
  @WithDefault("true")
  boolean durable();

  S3 s3();

  /** Which adapter. */
  enum Kind {
    FOLDER,
    S3
  }

  /** Settings of the S3 adapter; credentials come from the usual AWS places unless given. */
  interface S3 {

    Optional<String> bucket();

    /** Put in front of every key; a slash is added when it does not end with one. */
    Optional<String> prefix();

    /** Another address than Amazon's, for stores that speak the same protocol. */
    Optional<URI> endpoint();

    @WithDefault("us-east-1")
    String region();

    @WithDefault("false")
    boolean pathStyle();

    Optional<String> accessKey();

    Optional<String> secretKey();
  }
}
