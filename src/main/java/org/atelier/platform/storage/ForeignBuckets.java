package org.atelier.platform.storage;

import java.io.IOException;
import java.io.InputStream;

/** Port: reads files of buckets that are not the installation's own store. Thread-safe. */
public interface ForeignBuckets {

  /**
   * Opens a file; the caller closes it.
   *
   * @throws java.nio.file.NoSuchFileException when there is no such file
   * @throws IOException when the bucket does not answer or refuses
   */
  InputStream open(String bucket, String key) throws IOException;
}
