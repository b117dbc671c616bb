package org.atelier.dataset.format;

import java.io.Closeable;
import java.io.IOException;

/** Reads one source once. The order of rows is the same at every reading. Not thread-safe. */
public interface RowReader extends Closeable {

  /**
   * Reads all rows.
   *
   * @throws UnreadableSourceException when the rest cannot be made sense of
   */
  void read(RowSink sink) throws IOException;

  /** What it reads nothing from; known before it reads. */
  default LeftOut leftOut() {
    return LeftOut.NONE;
  }

  /** Whether {@link #total()} and {@link #position()} count bytes; they count rows otherwise. */
  default boolean countsBytes() {
    return false;
  }

  /** How much there is, in the reader's own unit (rows or bytes); 0 when not known. */
  long total();

  /** How much has been read, 0 to {@link #total()}. */
  long position();
}
