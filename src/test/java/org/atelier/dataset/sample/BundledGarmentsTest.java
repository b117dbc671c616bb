package org.atelier.dataset.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.atelier.platform.Sha256;
import org.junit.jupiter.api.Test;

class BundledGarmentsTest {
  private static final Path FOLDER = Path.of("datasets", "atelier-garments");
  private static final Path ZIP = FOLDER.resolve("garments.zip");
  private static final int GRID = 16;

  @Test
  void filesHaveTheListedDigests() throws IOException {
    for (String line : Files.readAllLines(FOLDER.resolve("SHA256SUMS"))) {
      assertEquals(line.substring(0, 64), Sha256.of(FOLDER.resolve(line.substring(66))));
    }
  }

  @Test
  void everyRowIsDrawnAgainFromTheSeed() throws IOException {
    List<String> expected = new ArrayList<>(List.of(GarmentSample.HEADER));
    List<String> borders = new ArrayList<>(List.of("item,from,to,share,label"));
    for (int number = 1; number <= GarmentSampleGenerator.ITEMS; number++) {
      GarmentSample sample = GarmentSample.of(GarmentSampleGenerator.SEED, number);
      expected.addAll(sample.rows());
      borders.addAll(GarmentSampleGenerator.border(sample));
    }
    assertEquals(expected, labels());
    assertEquals(borders, Files.readAllLines(FOLDER.resolve("borders.csv")));
  }

  @Test
  void picturesAreDrawnAgainFromTheSeed() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      for (int number = 1; number <= GarmentSampleGenerator.ITEMS; number += 199) {
        GarmentSample sample = GarmentSample.of(GarmentSampleGenerator.SEED, number);
        for (String view : sample.views()) {
          BufferedImage committed = picture(zip, sample.file(view));
          double difference = difference(sample.picture(view), committed);
          assertTrue(difference < 6, sample.file(view) + " differs by " + difference);
        }
      }
    }
  }

  @Test
  void twoGarmentsDifferMoreThanAPictureAndItsFile() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      BufferedImage one = picture(zip, "images/g0001_front.jpg");
      BufferedImage other = picture(zip, "images/g0002_front.jpg");
      assertTrue(difference(one, other) > 12);
    }
  }

  @Test
  void oneInTenGarmentsStandsBetweenTwoClassesAtMost() throws IOException {
    List<String> borders = Files.readAllLines(FOLDER.resolve("borders.csv"));
    double share = (borders.size() - 1) / (double) GarmentSampleGenerator.ITEMS;
    assertTrue(share > 0.05 && share < 0.11, "share of border items " + share);
    double lost = 0;
    for (String row : borders.subList(1, borders.size())) {
      double t = Double.parseDouble(row.split(",")[3]);
      lost += Math.min(t, 1 - t);
    }
    double best = 1 - lost / GarmentSampleGenerator.ITEMS;
    assertTrue(best > 0.96 && best < 0.99, "the best possible accuracy is " + best);
  }

  @Test
  void aLinearClassifierIsNeitherHelplessNorPerfect() throws IOException {
    List<TreeMap<Integer, Double>> rows = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      for (String row : labels().subList(1, labels().size())) {
        String[] cells = row.split(",");
        if (cells[2].equals("front") && rows.size() < 1200) {
          rows.add(silhouette(picture(zip, cells[0])));
          classes.add(cells[3]);
        }
      }
    }
    assertEquals(10, new HashSet<>(classes).size());
    double centroid = nearestCentroid(rows, classes);
    double logistic = LogisticBaseline.accuracy(rows, classes, 1);
    String measured = "nearest centroid %.3f, logistic %.3f".formatted(centroid, logistic);
    assertTrue(centroid > 0.45 && centroid < 0.85, measured);
    assertTrue(logistic > 0.65 && logistic < 0.93, measured);
    assertTrue(logistic > centroid, measured);
  }

  private static List<String> labels() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile());
        InputStream in = zip.getInputStream(zip.getEntry("labels.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static BufferedImage picture(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return ImageIO.read(in);
    }
  }

  /** Mean difference of the channels, 0 to 255. */
  private static double difference(BufferedImage one, BufferedImage other) {
    assertEquals(one.getWidth(), other.getWidth());
    assertEquals(one.getHeight(), other.getHeight());
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int a = one.getRGB(x, y);
        int b = other.getRGB(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
          sum += Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
        }
      }
    }
    return sum / (3.0 * one.getWidth() * one.getHeight());
  }

  /** Mean distance from the backdrop in every field of a grid, 0 to 1. */
  private static TreeMap<Integer, Double> silhouette(BufferedImage image) {
    int backdrop = image.getRGB(3, 3);
    double[] fields = new double[GRID * GRID];
    double share = (double) GRID * GRID / (image.getWidth() * image.getHeight());
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          distance += Math.abs(((pixel >> shift) & 255) - ((backdrop >> shift) & 255));
        }
        int field = y * GRID / image.getHeight() * GRID + x * GRID / image.getWidth();
        fields[field] += Math.min(1, distance / 90.0) * share;
      }
    }
    TreeMap<Integer, Double> features = new TreeMap<>();
    for (int i = 0; i < fields.length; i++) {
      features.put(i + 1, fields[i]);
    }
    return features;
  }

  private static double nearestCentroid(List<TreeMap<Integer, Double>> rows, List<String> classes) {
    Set<String> names = new HashSet<>(classes);
    TreeMap<String, double[]> means = new TreeMap<>();
    for (String name : names) {
      double[] mean = new double[GRID * GRID];
      int count = 0;
      for (int i = 0; i < rows.size(); i += 2) {
        if (classes.get(i).equals(name)) {
          count++;
          rows.get(i).forEach((field, value) -> mean[field - 1] += value);
        }
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= Math.max(1, count);
      }
      means.put(name, mean);
    }
    int right = 0;
    for (int i = 1; i < rows.size(); i += 2) {
      right += nearest(rows.get(i), means).equals(classes.get(i)) ? 1 : 0;
    }
    return right / (double) (rows.size() / 2);
  }

  private static String nearest(TreeMap<Integer, Double> row, TreeMap<String, double[]> means) {
    String best = "";
    double least = Double.MAX_VALUE;
    for (String name : means.keySet()) {
      double distance = 0;
      for (int i = 0; i < GRID * GRID; i++) {
        double gap = row.get(i + 1) - means.get(name)[i];
        distance += gap * gap;
      }
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }
}
