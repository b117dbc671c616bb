package org.atelier.dataset.intake;

import java.util.List;
import java.util.UUID;
import org.atelier.dataset.format.PictureMapping;
import org.atelier.dataset.format.TextMapping;

/**
 * What to import and how; stored with the import and part of the API.
 *
 * @param format of the source
 * @param upload finished upload to read, or null
 * @param path absolute path on the server, only for administrators and inside configured roots, or
 *     null; exactly one of upload and path is given
 * @param labelsPath IDX only: path of the labels file beside {@code path}, or null
 * @param classNames IDX only: names of the label numbers 0, 1, …; null when numbers are names
 * @param text CSV, TSV and JSON Lines: which column means what
 * @param pictures FOLDER and ZIP: how files become items; null for the usual
 * @param manifest MANIFEST: what its keys mean; null for the usual
 * @param allowedLabels known labels outside this list refuse their row; null allows all
 */
public record ImportSpec(
    Format format,
    UUID upload,
    String path,
    String labelsPath,
    List<String> classNames,
    TextMapping text,
    PictureMapping pictures,
    ManifestMapping manifest,
    List<String> allowedLabels) {

  /** Formats that can be read. */
  public enum Format {
    FOLDER,
    ZIP,
    IDX,
    CSV,
    TSV,
    JSONL,
    MANIFEST;

    /** Whether texts come out of it. */
    public boolean isText() {
      return this == CSV || this == TSV || this == JSONL;
    }
  }

  /**
   * Keys of a manifest.
   *
   * @param idKey key of the external id, null for the reference itself
   * @param labelAttribute attribute of an earlier job whose labels are known labels, or null
   */
  public record ManifestMapping(String idKey, String labelAttribute) {}

  /** Where it reads from, for people. */
  public String sourceName(String uploaded) {
    return path == null ? uploaded : path.substring(path.lastIndexOf('/') + 1);
  }
}
