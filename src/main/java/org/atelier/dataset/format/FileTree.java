package org.atelier.dataset.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Files under relative names with {@code /} between folders: a folder or an archive. */
public interface FileTree extends Closeable {

  /** What people call it. */
  String name();

  /** Names of all files, ascending; the same at every call. */
  List<String> files();

  /** Files that may not be used, such as links that lead out, with the reason. */
  List<Refused> refused();

  /**
   * What is hidden, its name beginning with a dot: files, and folders as a whole with a slash at
   * the end.
   */
  default List<String> hidden() {
    return List.of();
  }

  /** Bytes of a file, −1 when not known. */
  long size(String file);

  /**
   * Opens a file.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  InputStream open(String file) throws IOException;

  /** A file that may not be used. */
  record Refused(String file, String reason) {}
}
