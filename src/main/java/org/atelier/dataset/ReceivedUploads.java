package org.atelier.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Files that were uploaded in parts, for features that read more than items. */
public interface ReceivedUploads {

  /**
   * A complete file.
   *
   * @param name the name it had, with {@code /} between folders
   * @param path where its bytes lie; gone once the upload is discarded or too old
   */
  record ReceivedFile(String name, long size, Path path) {}

  /**
   * The files of a complete upload.
   *
   * @throws org.atelier.platform.ProblemException not-found when the project has no such upload
   *     (any more), invalid-input when bytes are missing
   */
  List<ReceivedFile> files(UUID projectId, UUID uploadId);

  /** Removes an upload with its files; one of another project or that is gone is left alone. */
  void discard(UUID projectId, UUID uploadId);
}
