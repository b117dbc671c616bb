package org.atelier.platform.storage.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Objects that are stored in parts of 5 MiB, the smallest that S3 takes. */
class S3PartsTest {

  private static final int PART = 5 << 20;

  @TempDir Path folder;
  private S3Bucket.Connection connection;
  private S3Bucket bucket;

  @BeforeEach
  void connect() throws Exception {
    connection =
        new S3Bucket.Connection(
            S3MockServer.BUCKET,
            UUID.randomUUID() + "/",
            Optional.of(S3MockServer.start()),
            "eu-central-1",
            true,
            Optional.of("key"),
            Optional.of("secret"));
    bucket = S3Bucket.connect(connection, folder, PART);
  }

  @Test
  void objectLargerThanAPartIsStoredAndWantedAgainInParts() throws IOException {
    byte[] content = store("large", 2 * PART + 1234);
    HeadObjectResponse stored = head("large");
    assertTrue(stored.eTag().endsWith("-3\""), stored.eTag());
    assertContent(content, "large");

    assertTrue(bucket.touch("large"));
    HeadObjectResponse touched = head("large");
    assertTrue(touched.eTag().endsWith("-3\""), touched.eTag());
    assertTrue(touched.metadata().containsKey("wanted-again"));
    assertContent(content, "large");
  }

  @Test
  void objectOfExactlyOnePartIsStoredAtOnce() throws IOException {
    byte[] content = store("small", PART);
    assertFalse(head("small").eTag().contains("-"));
    assertTrue(bucket.touch("small"));
    assertContent(content, "small");
    assertFalse(bucket.touch("missing"));
  }

  @Test
  void failedPartLeavesNoUploadBehind() throws IOException {
    Path gone = folder.resolve("gone");
    try (S3Client client = S3Bucket.client(connection)) {
      S3Parts parts = new S3Parts(client, connection.bucket(), PART);
      String key = connection.prefix() + "gone";
      assertThrows(UncheckedIOException.class, () -> parts.store(key, gone, 2L * PART));
      assertEquals(
          0,
          client
              .listMultipartUploads(
                  request -> request.bucket(connection.bucket()).prefix(connection.prefix()))
              .uploads()
              .size());
    }
  }

  private byte[] store(String key, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    bucket.store(key, Files.write(bucket.staging().resolve(key), content));
    return content;
  }

  private void assertContent(byte[] content, String key) throws IOException {
    try (var stream = bucket.open(key, 0, Long.MAX_VALUE).stream()) {
      assertArrayEquals(content, stream.readAllBytes());
    }
  }

  private HeadObjectResponse head(String key) {
    try (S3Client client = S3Bucket.client(connection)) {
      return client.headObject(
          request -> request.bucket(connection.bucket()).key(connection.prefix() + key));
    }
  }
}
