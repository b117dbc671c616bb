package org.atelier.platform.storage.aws;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.storage.Bucket;
import org.atelier.platform.storage.ObjectStoreContract;
import org.junit.jupiter.api.io.TempDir;

class S3ObjectStoreTest extends ObjectStoreContract {

  @TempDir Path staging;

  @Override
  protected Bucket bucket() throws Exception {
    return S3Bucket.connect(
        new S3Bucket.Connection(
            S3MockServer.BUCKET,
            UUID.randomUUID() + "/",
            Optional.of(S3MockServer.start()),
            "eu-central-1",
            true,
            Optional.of("key"),
            Optional.of("secret")),
        staging);
  }
}
