package org.atelier.platform.storage.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.atelier.platform.Ids;
import org.atelier.platform.storage.Bucket;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of S3, or the part of one below a prefix. */
public final class S3Bucket implements Bucket {

  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int NOT_FOUND = 404;
  private static final long PART_SIZE = 256L << 20;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final Path staging;
  private final S3Parts parts;

  private S3Bucket(Connection connection, Path staging, long partSize) throws IOException {
    this.client = client(connection);
    this.bucket = connection.bucket();
    this.prefix = connection.prefix();
    this.staging = staging;
    this.parts = new S3Parts(client, bucket, partSize);
    Files.createDirectories(staging);
  }

  /**
   * How to reach a bucket.
   *
   * @param endpoint another address than Amazon's
   * @param accessKey given together with the secret key, else both come from the usual AWS places
   */
  public record Connection(
      String bucket,
      String prefix,
      Optional<URI> endpoint,
      String region,
      boolean pathStyle,
      Optional<String> accessKey,
      Optional<String> secretKey) {}

  /** Connects to a bucket. */
  public static S3Bucket connect(Connection connection, Path staging) throws IOException {
    return connect(connection, staging, PART_SIZE);
  }

  /** As {@link #connect(Connection, Path)}; what is larger than a part is stored in several. */
  static S3Bucket connect(Connection connection, Path staging, long partSize) throws IOException {
    return new S3Bucket(connection, staging, partSize);
  }

  static S3Client client(Connection connection) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(connection.region()))
            .forcePathStyle(connection.pathStyle())
            .httpClient(UrlConnectionHttpClient.create());
    connection.endpoint().ifPresent(builder::endpointOverride);
    if (connection.accessKey().isPresent() && connection.secretKey().isPresent()) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(
                  connection.accessKey().get(), connection.secretKey().get())));
    }
    return builder.build();
  }

  @Override
  public Path staging() {
    return staging;
  }

  @Override
  public void store(String key, Path staged) throws IOException {
    long size = Files.size(staged);
    call(
        key,
        () -> {
          if (parts.needed(size)) {
            parts.store(prefix + key, staged, size);
          } else {
            client.putObject(
                request -> request.bucket(bucket).key(prefix + key), RequestBody.fromFile(staged));
          }
          return null;
        });
    Files.delete(staged);
  }

  @Override
  public Part open(String key, long offset, long length) throws IOException {
    long last = length >= Long.MAX_VALUE - offset ? Long.MAX_VALUE - 1 : offset + length - 1;
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(prefix + key)
            .range("bytes=" + offset + "-" + (last == Long.MAX_VALUE - 1 ? "" : last))
            .build();
    try {
      ResponseInputStream<GetObjectResponse> stream = client.getObject(request);
      return new Part(stream, wholeSize(stream.response()));
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return new Part(InputStream.nullInputStream(), size(key));
      }
      throw explain(key, e);
    } catch (SdkException e) {
      throw explain(key, e);
    }
  }

  @Override
  public boolean touch(String key) throws IOException {
    Map<String, String> metadata = Map.of("wanted-again", Ids.next().toString());
    try {
      long size = size(key);
      call(
          key,
          () -> {
            if (parts.needed(size)) {
              parts.rewrite(prefix + key, size, metadata);
            } else {
              rewrite(prefix + key, metadata);
            }
            return null;
          });
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void rewrite(String key, Map<String, String> metadata) {
    client.copyObject(
        request ->
            request
                .sourceBucket(bucket)
                .sourceKey(key)
                .destinationBucket(bucket)
                .destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(metadata));
  }

  @Override
  public Optional<Instant> modified(String key) throws IOException {
    try {
      return Optional.of(head(key).lastModified());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void delete(String key) throws IOException {
    call(key, () -> client.deleteObject(request -> request.bucket(bucket).key(prefix + key)));
  }

  @Override
  public void list(String keyPrefix, Consumer<Entry> each) throws IOException {
    call(
        keyPrefix,
        () -> {
          client
              .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix + keyPrefix))
              .contents()
              .forEach(
                  object ->
                      each.accept(
                          new Entry(
                              object.key().substring(prefix.length()),
                              object.size(),
                              object.lastModified())));
          return null;
        });
  }

  @Override
  public long free() {
    return -1;
  }

  private long size(String key) throws IOException {
    return head(key).contentLength();
  }

  private HeadObjectResponse head(String key) throws IOException {
    return call(key, () -> client.headObject(request -> request.bucket(bucket).key(prefix + key)));
  }

  private static long wholeSize(GetObjectResponse response) {
    String range = response.contentRange();
    if (range == null) {
      return response.contentLength();
    }
    return Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
  }

  private static <T> T call(String key, Supplier<T> operation) throws IOException {
    try {
      return operation.get();
    } catch (SdkException e) {
      throw explain(key, e);
    }
  }

  private static IOException explain(String key, SdkException failure) {
    if (failure instanceof NoSuchKeyException
        || failure instanceof S3Exception s3 && s3.statusCode() == NOT_FOUND) {
      return new NoSuchFileException(key);
    }
    return new IOException("S3 does not do it: " + failure.getMessage(), failure);
  }
}
