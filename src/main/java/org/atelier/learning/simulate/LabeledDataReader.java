package org.atelier.learning.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.atelier.learning.feature.DecodedImages;
import org.atelier.learning.feature.IdxFile;
import org.atelier.learning.feature.ImagePool;

/** Reads data with known labels from files. */
public final class LabeledDataReader {
  private static final int SIDE = 64;

  private LabeledDataReader() {}

  /**
   * Reads IDX images with IDX labels, or a folder of images with a CSV of the columns image and
   * label (paths relative to the folder, or to its folder {@code images}).
   *
   * @throws UnreadableDataException naming what cannot be used
   */
  public static LabeledData images(Path images, Path labels, boolean multiLabel)
      throws UnreadableDataException {
    return Files.isDirectory(images)
        ? folder(images, labels, multiLabel)
        : idx(images, labels, multiLabel);
  }

  private static LabeledData idx(Path images, Path labels, boolean multiLabel)
      throws UnreadableDataException {
    ImagePool pool;
    List<String> names = new ArrayList<>();
    try {
      pool = IdxFile.read(images).images();
      IdxFile file = IdxFile.read(labels);
      if (file.dimensions().length != 1) {
        throw new UnreadableDataException(labels + ": labels have one dimension");
      }
      for (byte label : file.values()) {
        names.add(Integer.toString(label & 0xff));
      }
    } catch (IOException failure) {
      throw new UnreadableDataException(message(failure, images));
    }
    if (pool.size() != names.size()) {
      throw new UnreadableDataException(
          labels + ": " + names.size() + " labels for " + pool.size() + " images");
    }
    return checked(labels, LabeledData.of(pool, null, names, multiLabel));
  }

  private static String message(IOException failure, Path file) {
    String message = failure.getMessage();
    return failure instanceof java.nio.file.NoSuchFileException
        ? message + ": no such file"
        : message == null ? file + ": cannot be read" : message.lines().findFirst().orElse("");
  }

  private static LabeledData folder(Path folder, Path labels, boolean multiLabel)
      throws UnreadableDataException {
    CsvTable table = CsvTable.read(labels, List.of("image", "label"));
    List<Path> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      String[] row = table.rows().get(i);
      Path file = find(folder, row[0]);
      if (file == null) {
        throw new UnreadableDataException(
            labels + ", row " + table.lines().get(i) + ", column image: no file " + row[0]);
      }
      files.add(file);
      names.add(row[1]);
    }
    try {
      ImagePool pool = DecodedImages.read(files, SIDE);
      return checked(labels, LabeledData.of(pool, null, names, multiLabel));
    } catch (IOException failure) {
      throw new UnreadableDataException(message(failure, folder));
    }
  }

  private static Path find(Path folder, String name) {
    Path root = folder.toAbsolutePath().normalize();
    for (Path base : List.of(root, root.resolve("images"))) {
      Path file = base.resolve(name).normalize();
      if (file.startsWith(root) && Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /**
   * Reads texts from a CSV; several text columns are joined with a line break.
   *
   * @throws UnreadableDataException naming what cannot be used
   */
  public static LabeledData texts(
      Path csv, List<String> textColumns, String labelColumn, boolean multiLabel)
      throws UnreadableDataException {
    List<String> columns = new ArrayList<>(textColumns);
    columns.add(labelColumn);
    CsvTable table = CsvTable.read(csv, columns);
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      String[] row = table.rows().get(i);
      texts.add(Arrays.stream(row, 0, row.length - 1).collect(Collectors.joining("\n")));
      String label = row[row.length - 1];
      if (label.isEmpty() && !multiLabel) {
        throw new UnreadableDataException(
            csv + ", row " + table.lines().get(i) + ", column " + labelColumn + ": is empty");
      }
      names.add(label);
    }
    return checked(csv, LabeledData.of(null, texts, names, multiLabel));
  }

  private static LabeledData checked(Path file, LabeledData data) throws UnreadableDataException {
    if (data.size() < 2 || data.classes().size() < 2) {
      throw new UnreadableDataException(file + ": at least two items and two classes are needed");
    }
    return data;
  }
}
