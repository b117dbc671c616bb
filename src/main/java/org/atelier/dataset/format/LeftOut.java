package org.atelier.dataset.format;

import java.util.List;
import java.util.stream.Stream;

/**
 * Files from which nothing was read although nothing is wrong with them, for the report of an
 * import. {@link Litter} does not count.
 *
 * @param count how many; a hidden folder counts once
 * @param names the first of them by name, at most {@value #MOST_NAMED}; those of folders end in a
 *     slash
 * @param labelsFile the file that labels were read from, null for none
 * @param labelsFileCandidates CSV files that could have been meant, when no labels file was read;
 *     at most {@value #MOST_NAMED}
 */
public record LeftOut(
    int count, List<String> names, String labelsFile, List<String> labelsFileCandidates) {

  /** More are counted only. */
  public static final int MOST_NAMED = 100;

  /** Nothing was left out. */
  public static final LeftOut NONE = new LeftOut(0, List.of(), null, List.of());

  /**
   * Sorts out what to tell.
   *
   * @param files that are no pictures, in any order; the labels file may be among them
   */
  static LeftOut of(List<String> files, String labelsFile) {
    List<String> left =
        files.stream()
            .filter(file -> !file.equals(labelsFile) && !Litter.is(file))
            .sorted()
            .toList();
    Stream<String> candidates =
        labelsFile == null ? LabelsFile.csvFiles(left).stream() : Stream.empty();
    return new LeftOut(
        left.size(),
        left.stream().limit(MOST_NAMED).toList(),
        labelsFile,
        candidates.limit(MOST_NAMED).toList());
  }
}
