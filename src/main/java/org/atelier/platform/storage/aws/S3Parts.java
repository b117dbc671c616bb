package org.atelier.platform.storage.aws;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atelier.platform.storage.BoundedInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Objects in several parts: S3 takes and copies at most 5 GB at once. Readers see the whole object
 * or the one before. Thread-safe.
 */
final class S3Parts {

  private static final String CONTENT_TYPE = "application/octet-stream";

  private final S3Client client;
  private final String bucket;
  private final long partSize;

  /**
   * @param partSize bytes of all parts but the last; S3 wants at least 5 MiB and takes 10,000 parts
   */
  S3Parts(S3Client client, String bucket, long partSize) {
    this.client = client;
    this.bucket = bucket;
    this.partSize = partSize;
  }

  /** Whether an object of a size is treated in parts. */
  boolean needed(long size) {
    return size > partSize;
  }

  /** Stores a file. */
  void store(String key, Path file, long size) {
    write(key, size, Map.of(), (upload, part) -> send(key, upload, part, file));
  }

  /** Writes an object again as it is, with other metadata. */
  void rewrite(String key, long size, Map<String, String> metadata) {
    write(key, size, metadata, (upload, part) -> copy(key, upload, part));
  }

  /** Bytes of the object from {@code from} on; numbers count from 1. */
  private record Part(int number, long from, long length) {}

  private interface PartWriter {
    CompletedPart write(String upload, Part part);
  }

  private void write(String key, long size, Map<String, String> metadata, PartWriter writer) {
    String upload =
        client
            .createMultipartUpload(
                request ->
                    request.bucket(bucket).key(key).contentType(CONTENT_TYPE).metadata(metadata))
            .uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < size; from += partSize) {
        Part part = new Part(parts.size() + 1, from, Math.min(partSize, size - from));
        parts.add(writer.write(upload, part));
      }
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(all -> all.parts(parts)));
    } catch (RuntimeException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private void abort(String key, String upload, RuntimeException cause) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }

  private CompletedPart send(String key, String upload, Part part, Path file) {
    ContentStreamProvider content = () -> open(file, part);
    UploadPartResponse sent =
        client.uploadPart(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .partNumber(part.number())
                    .contentLength(part.length()),
            RequestBody.fromContentProvider(content, part.length(), CONTENT_TYPE));
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(sent.eTag())
        .checksumCRC32(sent.checksumCRC32())
        .build();
  }

  private static InputStream open(Path file, Part part) {
    try {
      var channel = Files.newByteChannel(file);
      channel.position(part.from());
      return new BoundedInputStream(
          new BufferedInputStream(Channels.newInputStream(channel), 1 << 16), part.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletedPart copy(String key, String upload, Part part) {
    CopyPartResult copied =
        client
            .uploadPartCopy(
                request ->
                    request
                        .sourceBucket(bucket)
                        .sourceKey(key)
                        .destinationBucket(bucket)
                        .destinationKey(key)
                        .uploadId(upload)
                        .partNumber(part.number())
                        .copySourceRange(
                            "bytes=" + part.from() + "-" + (part.from() + part.length() - 1)))
            .copyPartResult();
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(copied.eTag())
        .checksumCRC32(copied.checksumCRC32())
        .build();
  }
}
