package org.atelier.dataset.export;

import java.io.IOException;

/** Writes items in one form; for one thread. */
interface ItemWriter {

  /** How often the items must be read. */
  default int passes() {
    return 1;
  }

  /** Called before each pass, from 0. */
  default void begin(int pass) throws IOException {}

  void write(ExportItem item) throws IOException;

  /** Called once, after the last item of the last pass; leaves the stream open. */
  default void end() throws IOException {}
}
