package org.atelier.dataset.sample;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipOutputStream;

/**
 * Draws {@code datasets/atelier-garments}: {@code garments.zip} (pictures and {@code labels.csv}),
 * {@code borders.csv} (which items stand between two classes, and with what probability the label
 * was drawn) and {@code SHA256SUMS}.
 *
 * <p>The same seed gives the same garments, metadata and labels everywhere; the bytes of the JPEG
 * files are the same on the same Java.
 */
public final class GarmentSampleGenerator {
  static final long SEED = 20261123;
  static final int ITEMS = 2400;

  private static final int BATCH = 64;

  private GarmentSampleGenerator() {}

  /** Arguments: the folder to write to, and optionally the number of items and the seed. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(arguments[0]);
    int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ITEMS;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : SEED;
    write(folder, items, seed);
  }

  /** Draws items 1 to {@code items} into a folder. */
  static void write(Path folder, int items, long seed) throws IOException {
    Files.createDirectories(folder);
    List<String> labels = new ArrayList<>(List.of(GarmentSample.HEADER));
    List<String> borders = new ArrayList<>(List.of("item,from,to,share,label"));
    try (OutputStream file = Files.newOutputStream(folder.resolve("garments.zip"));
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file))) {
      for (int first = 1; first <= items; first += BATCH) {
        int last = Math.min(items, first + BATCH - 1);
        for (Drawn drawn : draw(seed, first, last)) {
          labels.addAll(drawn.sample().rows());
          borders.addAll(border(drawn.sample()));
          for (int view = 0; view < drawn.pictures().size(); view++) {
            String name = drawn.sample().file(drawn.sample().views().get(view));
            SampleFiles.store(zip, name, drawn.pictures().get(view));
          }
        }
      }
      String table = String.join("\n", labels) + "\n";
      SampleFiles.store(zip, "labels.csv", table.getBytes(StandardCharsets.UTF_8));
    }
    SampleFiles.lines(folder.resolve("borders.csv"), borders);
    SampleFiles.sums(folder, List.of("borders.csv", "garments.zip"));
  }

  private record Drawn(GarmentSample sample, List<byte[]> pictures) {}

  private static List<Drawn> draw(long seed, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .parallel()
        .mapToObj(number -> draw(GarmentSample.of(seed, number)))
        .collect(Collectors.toList());
  }

  private static Drawn draw(GarmentSample sample) {
    try {
      List<byte[]> pictures = new ArrayList<>();
      for (String view : sample.views()) {
        pictures.add(sample.jpeg(view));
      }
      return new Drawn(sample, pictures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing for an ordinary item, else its row of {@code borders.csv}. */
  static List<String> border(GarmentSample sample) {
    Garment.Border border = sample.garment().border();
    if (border == null) {
      return List.of();
    }
    return List.of(
        String.join(
            ",",
            sample.id(),
            border.from().label(),
            border.to().label(),
            String.format(Locale.ROOT, "%.3f", border.share()),
            sample.garment().label().label()));
  }
}
