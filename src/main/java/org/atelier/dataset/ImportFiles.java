package org.atelier.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.atelier.dataset.format.LabelsFile;
import org.atelier.dataset.format.Litter;

/**
 * The files that a command line names, folders with all that is in them. Hidden files stay where
 * they are.
 *
 * @param named what is sent
 * @param hidden names of files that are not sent, litter of operating systems not among them
 */
record ImportFiles(List<FileUpload.NamedFile> named, List<String> hidden) {

  private static final int MOST_NAMED = 5;

  /**
   * Looks for them.
   *
   * @throws ApiClient.RefusedException when there is no file
   */
  static ImportFiles find(List<Path> given) throws IOException, ApiClient.RefusedException {
    ImportFiles found = new ImportFiles(new ArrayList<>(), new ArrayList<>());
    for (Path file : given) {
      if (!Files.isDirectory(file)) {
        found.named.add(new FileUpload.NamedFile(file.getFileName().toString(), file));
        continue;
      }
      try (var below = Files.walk(file)) {
        below.filter(Files::isRegularFile).sorted().forEach(one -> found.add(file, one));
      }
    }
    found.requireExpressible();
    if (found.named.isEmpty()) {
      throw new ApiClient.RefusedException(given.get(0) + ": there is no file in it");
    }
    return found;
  }

  /** A name that the locale cannot express would arrive as another one. */
  private void requireExpressible() throws ApiClient.RefusedException {
    for (FileUpload.NamedFile one : named) {
      if (one.name().indexOf('\ufffd') >= 0) {
        throw new ApiClient.RefusedException(
            one.name()
                + ": this name is not UTF-8, or the shell has no UTF-8 locale; run the command with"
                + " LC_ALL=C.UTF-8, or rename the file");
      }
    }
  }

  private void add(Path folder, Path file) {
    String inside = folder.relativize(file).toString().replace('\\', '/');
    if (Litter.is(inside)) {
      return;
    }
    if (Litter.isHidden(inside)) {
      hidden.add(inside);
    } else {
      named.add(new FileUpload.NamedFile(inside, file));
    }
  }

  /**
   * The name under which a labels file is sent.
   *
   * @param given as it is called inside its folder, or a path to it
   * @throws ApiClient.RefusedException when it is not among the files
   */
  String labelsFile(String given) throws ApiClient.RefusedException {
    List<String> names = named.stream().map(FileUpload.NamedFile::name).toList();
    if (names.contains(given)) {
      return given;
    }
    for (FileUpload.NamedFile one : named) {
      if (one.path().normalize().equals(Path.of(given).normalize())) {
        return one.name();
      }
    }
    throw new ApiClient.RefusedException("Among the files " + LabelsFile.missing(given, names));
  }

  /** Says that hidden files are not sent. */
  Optional<String> hiddenWords() {
    return hidden.isEmpty()
        ? Optional.empty()
        : Optional.of(words(hidden.size(), "hidden", "hidden", hidden));
  }

  /** "2 files are hidden and left out: .a, .b". */
  static String words(int count, String one, String many, List<String> names) {
    List<String> first = names.subList(0, Math.min(MOST_NAMED, names.size()));
    return String.format(
        Locale.ROOT,
        count == 1 ? "%,d file is %s and left out: %s%s" : "%,d files are %s and left out: %s%s",
        count,
        count == 1 ? one : many,
        String.join(", ", first),
        count > first.size() ? ", …" : "");
  }
}
