package org.atelier.operations.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how long the packaged application takes from its process to its first readiness: once on
 * an empty data directory, then on the existing one.
 *
 * <p>Arguments: folder that does not exist yet, number of starts (5).
 */
final class StartBench {

  private StartBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int starts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    if (Files.exists(folder.resolve("data"))) {
      throw new IllegalArgumentException(folder + " holds data already; name a new folder.");
    }
    long first = start(folder)[0];
    long[] wall = new long[starts];
    long[] processor = new long[starts];
    for (int at = 0; at < starts; at++) {
      long[] one = start(folder);
      wall[at] = one[0];
      processor[at] = one[1];
    }
    Arrays.sort(wall);
    Arrays.sort(processor);
    System.out.printf(
        Locale.ROOT,
        "| start | ready after |%n| --- | ---: |%n| first, on an empty directory | %,d ms |%n"
            + "| on an existing directory, median of %d | %,d ms (%,d to %,d; %,d ms of processor"
            + " time) |%n",
        first,
        starts,
        wall[starts / 2],
        wall[0],
        wall[starts - 1],
        processor[starts / 2]);
  }

  private static long[] start(Path folder) throws Exception {
    try (PackagedApplication application =
        PackagedApplication.start(
            PackagedApplication.builtJar(), folder, List.of("-Xmx1500m"), Map.of())) {
      return new long[] {application.startMillis(), application.processorMillis()};
    }
  }
}
