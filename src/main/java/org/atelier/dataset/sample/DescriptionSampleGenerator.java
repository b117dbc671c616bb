package org.atelier.dataset.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code datasets/atelier-descriptions}: {@code descriptions.csv} and {@code SHA256SUMS}.
 * The same seed gives the same bytes everywhere.
 */
public final class DescriptionSampleGenerator {
  static final long SEED = 20261123;
  static final int ROWS = 4000;

  private DescriptionSampleGenerator() {}

  /** Arguments: the folder to write to, and optionally the number of rows and the seed. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROWS;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : SEED;
    write(folder, rows, seed);
  }

  /** Writes rows 1 to {@code rows} into a folder. */
  static void write(Path folder, int rows, long seed) throws IOException {
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>(List.of(Description.HEADER));
    for (int number = 1; number <= rows; number++) {
      lines.add(Description.of(seed, number).row());
    }
    SampleFiles.lines(folder.resolve("descriptions.csv"), lines);
    SampleFiles.sums(folder, List.of("descriptions.csv"));
  }
}
