package org.atelier.platform.storage;

import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Port: keeps bytes under the SHA-256 of their content. Writing the same bytes again is harmless.
 * Implementations are thread-safe.
 */
public interface ObjectStore {

  /**
   * Streams bytes in and answers their digest and size; the blob is durable and readable when this
   * returns. The media type first given to a content stays.
   *
   * @throws StorageException when the store cannot take them (full, unreachable)
   */
  Blob put(InputStream content, String mediaType);

  /** Begins a batch: the way to put many small blobs quickly. */
  BlobBatch batch();

  /**
   * Opens a blob for reading; the caller closes it.
   *
   * @throws BlobMissingException when there is no such blob
   */
  InputStream open(String sha256);

  /**
   * Opens {@code length} bytes from {@code offset}; shorter when the blob ends before.
   *
   * @throws BlobMissingException when there is no such blob
   */
  InputStream open(String sha256, long offset, long length);

  /** What is known of a blob, empty when it is not there. */
  Optional<Blob> stat(String sha256);

  /** Removes a blob and its bytes; removing what is not there is harmless. */
  void delete(String sha256);

  /** Removes many blobs; as {@link #delete}, but cheaper than one by one. */
  void deleteAll(Collection<String> sha256s);

  /** Visits every blob once, in no particular order. */
  void list(Consumer<Blob> each);
}
