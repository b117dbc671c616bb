package org.atelier.dataset.format;

import java.io.IOException;

/** Receives what a reader finds, in file order; row numbers ascend. */
public interface RowSink {

  void row(SourceRow row) throws IOException;

  /**
   * A row that cannot be taken.
   *
   * @param externalId null when not known
   * @param reason sentence for the owner of the file
   */
  void refused(long number, String externalId, String reason) throws IOException;
}
