package org.atelier.dataset.format;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Which file of a tree of pictures says what their labels are. */
public final class LabelsFile {

  private static final String USUAL = "labels.csv";
  private static final int MOST_NAMED = 10;

  private LabelsFile() {}

  /**
   * Finds the labels file.
   *
   * @param named by whoever imports, null for {@code labels.csv} where there is one
   * @return null when there is none
   * @throws UnreadableSourceException when the named one is not there, or several could be meant
   */
  static String in(FileTree tree, String named) throws UnreadableSourceException {
    if (named != null) {
      if (!tree.files().contains(named)) {
        throw new UnreadableSourceException(tree.name() + ": " + missing(named, tree.files()));
      }
      return named;
    }
    List<String> found =
        tree.files().stream()
            .filter(file -> file.equals(USUAL) || file.endsWith("/" + USUAL))
            .toList();
    if (found.size() > 1 && !found.contains(USUAL)) {
      throw new UnreadableSourceException(
          "%s: there are %d files labels.csv; keep one, or name the one that is meant as the"
                  .formatted(tree.name(), found.size())
              + " labels file: "
              + some(found));
    }
    return found.isEmpty() ? null : found.contains(USUAL) ? USUAL : found.get(0);
  }

  /** What to say when the labels file that somebody named is not there. */
  public static String missing(String named, Collection<String> files) {
    List<String> there = csvFiles(files);
    return "there is no labels file "
        + named
        + (there.isEmpty()
            ? ", nor any other CSV file"
            : "; the CSV files there are: " + some(there));
  }

  /** The files that are CSV by their names, in their order. */
  public static List<String> csvFiles(Collection<String> files) {
    return files.stream()
        .filter(file -> file.toLowerCase(Locale.ROOT).endsWith(".csv") && !Litter.is(file))
        .toList();
  }

  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    int more = names.size() - MOST_NAMED;
    return more > 0 ? "%s and %,d more".formatted(first, more) : first;
  }
}
