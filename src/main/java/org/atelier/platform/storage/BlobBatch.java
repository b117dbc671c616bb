package org.atelier.platform.storage;

import java.io.InputStream;

/**
 * Many blobs written together. Small ones share a file, so that a hundred thousand pictures cost a
 * few writes to disk instead of as many. For one thread.
 *
 * <pre>{@code
 * try (BlobBatch batch = store.batch()) {
 *   for (...) rows.add(batch.put(bytes, "image/png").sha256());
 *   batch.commit();
 * }
 * }</pre>
 */
public interface BlobBatch extends AutoCloseable {

  /** Adds a blob; it can be read after the next {@link #commit()}. */
  Blob put(byte[] content, String mediaType);

  /** As {@link #put(byte[], String)} for content whose size is not known. */
  Blob put(InputStream content, String mediaType);

  /**
   * Makes everything added so far durable and readable. More can be added afterwards. Call it
   * before the transaction commits that names the blobs.
   *
   * @throws StorageException when the store cannot take them (full, unreachable)
   */
  void commit();

  /** Drops what was not committed. */
  @Override
  void close();
}
