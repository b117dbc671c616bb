package org.atelier.dataset.intake;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ReceivedUploads;
import org.atelier.dataset.format.CsvTextReader;
import org.atelier.dataset.format.FileTree;
import org.atelier.dataset.format.FolderTree;
import org.atelier.dataset.format.IdxReader;
import org.atelier.dataset.format.JsonTextReader;
import org.atelier.dataset.format.LabelsFile;
import org.atelier.dataset.format.ManifestReader;
import org.atelier.dataset.format.PictureMapping;
import org.atelier.dataset.format.PictureTreeReader;
import org.atelier.dataset.format.RowLimits;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.format.TextMapping;
import org.atelier.dataset.format.UnreadableSourceException;
import org.atelier.dataset.format.ZipTree;
import org.atelier.platform.ProblemException;

/** Finds the files of an import and opens the reader for them. */
@Singleton
class SourceOpener {

  private static final int MOST_FILES = 2_000_000;

  private final UploadFiles uploads;
  private final SourcePrefixes prefixes;
  private final List<Path> roots;

  SourceOpener(UploadFiles uploads, SourcePrefixes prefixes, DatasetConfig config) {
    this.uploads = uploads;
    this.prefixes = prefixes;
    this.roots = config.importRoots().orElse(List.of());
  }

  List<String> roots() {
    return roots.stream().map(Path::toString).toList();
  }

  /** Opens what the spec names; checks the files as far as their readers do at the beginning. */
  RowReader open(ImportSpec spec, UUID projectId, ItemKind kind) throws IOException {
    return spec.path() == null
        ? openUpload(spec, projectId, kind)
        : openPath(spec, projectId, kind);
  }

  /**
   * Checks that a path may be imported from.
   *
   * @throws ProblemException when it lies outside the configured roots or does not exist
   */
  Path allowed(String path) {
    try {
      Path real = Path.of(path).toRealPath();
      for (Path root : roots) {
        if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
          return real;
        }
      }
    } catch (IOException | InvalidPathException e) {
      throw notAllowed(path);
    }
    throw notAllowed(path);
  }

  /**
   * Says before anything begins that a folder lacks the labels file somebody named; the files of an
   * archive are known when it is opened.
   *
   * @throws ProblemException invalid-input with the field {@code labelsFile}
   */
  void requireLabelsFile(UUID projectId, ImportSpec spec) {
    String labels = spec.pictures() == null ? null : spec.pictures().labelsFile();
    if (labels == null || spec.format() != ImportSpec.Format.FOLDER) {
      return;
    }
    if (spec.path() != null) {
      if (!isInside(allowed(spec.path()), labels)) {
        throw ProblemException.invalid(
            "labelsFile", "In %s there is no labels file %s.".formatted(spec.path(), labels));
      }
      return;
    }
    List<String> names =
        uploads.files(projectId, spec.upload()).stream()
            .map(ReceivedUploads.ReceivedFile::name)
            .sorted()
            .toList();
    if (!names.contains(labels)) {
      throw ProblemException.invalid(
          "labelsFile", "Among the files " + LabelsFile.missing(labels, names) + ".");
    }
  }

  private static boolean isInside(Path folder, String name) {
    try {
      Path file = folder.resolve(name).normalize();
      return file.startsWith(folder) && Files.isRegularFile(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private ProblemException notAllowed(String path) {
    return new ProblemException(
        DatasetProblem.PATH_NOT_ALLOWED,
        roots.isEmpty()
            ? "Importing by path is switched off: set atelier.dataset.import-roots to the folders"
                + " that may be read."
            : "There is nothing at " + path + " inside the folders that may be read.",
        Map.of("field", "path"));
  }

  private RowReader openUpload(ImportSpec spec, UUID projectId, ItemKind kind) throws IOException {
    List<ReceivedUploads.ReceivedFile> files = uploads.files(projectId, spec.upload());
    return switch (spec.format()) {
      case FOLDER -> pictures(new UploadTree(files), spec);
      case ZIP -> {
        ReceivedUploads.ReceivedFile zip = only(files, ".zip");
        yield pictures(new ZipTree(zip.path(), zip.name(), ZipTree.Limits.DEFAULT), spec);
      }
      case IDX -> idx(files, spec);
      default -> {
        ReceivedUploads.ReceivedFile file = only(files, "");
        yield lines(file.path(), file.name(), spec, projectId, kind);
      }
    };
  }

  private RowReader openPath(ImportSpec spec, UUID projectId, ItemKind kind) throws IOException {
    Path path = found(spec.path(), spec.format() == ImportSpec.Format.FOLDER);
    return switch (spec.format()) {
      case FOLDER -> pictures(new FolderTree(path, MOST_FILES), spec);
      case ZIP ->
          pictures(new ZipTree(path, path.getFileName().toString(), ZipTree.Limits.DEFAULT), spec);
      case IDX ->
          new IdxReader(
              path,
              spec.labelsPath() == null ? null : found(spec.labelsPath(), false),
              names(spec));
      default -> lines(path, path.getFileName().toString(), spec, projectId, kind);
    };
  }

  private Path found(String named, boolean folder) throws UnreadableSourceException {
    Path path = allowed(named);
    // Anything but a plain file, a pipe say, might never end.
    if (folder ? Files.isDirectory(path) : Files.isRegularFile(path)) {
      return path;
    }
    throw new UnreadableSourceException(
        "%s: expected a %s, found a %s".formatted(named, folder ? "folder" : "file", kind(path)));
  }

  private static String kind(Path path) {
    boolean file = Files.isRegularFile(path);
    return Files.isDirectory(path) ? "folder" : file ? "file" : "device or pipe";
  }

  private RowReader lines(Path file, String name, ImportSpec spec, UUID projectId, ItemKind kind)
      throws IOException {
    TextMapping text = spec.text();
    return switch (spec.format()) {
      case CSV -> new CsvTextReader(file, name, ',', text, RowLimits.DEFAULT);
      case TSV -> new CsvTextReader(file, name, '\t', text, RowLimits.DEFAULT);
      case JSONL -> new JsonTextReader(file, text, RowLimits.DEFAULT);
      default -> {
        var mapping = spec.manifest();
        yield new ManifestReader(
            file,
            kind == ItemKind.IMAGE,
            mapping == null ? null : mapping.idKey(),
            mapping == null ? null : mapping.labelAttribute(),
            prefixes.references(projectId),
            RowLimits.DEFAULT);
      }
    };
  }

  private static RowReader pictures(FileTree tree, ImportSpec spec) throws IOException {
    PictureMapping mapping = spec.pictures() == null ? PictureMapping.DEFAULT : spec.pictures();
    try {
      return new PictureTreeReader(tree, mapping, RowLimits.DEFAULT);
    } catch (IOException e) {
      tree.close();
      throw e;
    }
  }

  private static RowReader idx(List<ReceivedUploads.ReceivedFile> files, ImportSpec spec)
      throws IOException {
    List<IdxReader.NamedFile> images = new ArrayList<>();
    List<IdxReader.NamedFile> labels = new ArrayList<>();
    for (ReceivedUploads.ReceivedFile file : files) {
      if (IdxReader.holdsImages(file.path())) {
        images.add(new IdxReader.NamedFile(file.name(), file.path()));
      } else if (IdxReader.holdsLabels(file.path())) {
        labels.add(new IdxReader.NamedFile(file.name(), file.path()));
      }
    }
    if (images.size() != 1 || labels.size() > 1) {
      String names =
          String.join(", ", files.stream().map(ReceivedUploads.ReceivedFile::name).toList());
      throw new UnreadableSourceException(
          "Expected one IDX file of images and at most one of labels, found %d and %d in: %s"
              .formatted(images.size(), labels.size(), names));
    }
    return new IdxReader(images.get(0), labels.isEmpty() ? null : labels.get(0), names(spec));
  }

  private static List<String> names(ImportSpec spec) {
    return spec.classNames() == null ? List.of() : spec.classNames();
  }

  private static ReceivedUploads.ReceivedFile only(
      List<ReceivedUploads.ReceivedFile> files, String ending) throws UnreadableSourceException {
    List<ReceivedUploads.ReceivedFile> fitting =
        files.stream().filter(f -> f.name().toLowerCase(Locale.ROOT).endsWith(ending)).toList();
    if (fitting.size() != 1) {
      throw new UnreadableSourceException(
          "Expected one file%s, found %d"
              .formatted(ending.isEmpty() ? "" : " ending in " + ending, fitting.size()));
    }
    return fitting.get(0);
  }
}
