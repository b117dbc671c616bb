package org.atelier.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Port: what a place to keep files must be able to do. Keys are relative, with slashes, made by
 * {@link PackedObjectStore} alone. Implementations are thread-safe and throw {@link
 * java.nio.file.NoSuchFileException} for keys that are not there.
 */
public interface Bucket {

  /**
   * A stored file.
   *
   * @param modified when it was stored or last touched
   */
  record Entry(String key, long size, Instant modified) {}

  /**
   * A part of a stored file.
   *
   * @param stream the part, to be closed by the caller
   * @param size bytes of the whole file
   */
  record Part(InputStream stream, long size) {}

  /** A folder on this machine for files that are about to be stored. */
  Path staging();

  /**
   * Takes a file from {@link #staging()} over: when this returns it is durable and readable as a
   * whole under the key, and gone from staging. An existing file is replaced.
   */
  void store(String key, Path staged) throws IOException;

  /** Opens {@code length} bytes from {@code offset}; shorter when the file ends before. */
  Part open(String key, long offset, long length) throws IOException;

  /**
   * Sets the time of modification to now.
   *
   * @return whether the file is there
   */
  boolean touch(String key) throws IOException;

  /** When a file was stored or last touched; empty when it is not there. */
  Optional<Instant> modified(String key) throws IOException;

  /** Removes a file; harmless when it is not there. */
  void delete(String key) throws IOException;

  /** Visits every file whose key begins with the prefix. */
  void list(String prefix, Consumer<Entry> each) throws IOException;

  /** Bytes that still fit, or -1 when there is no such limit. */
  long free() throws IOException;
}
