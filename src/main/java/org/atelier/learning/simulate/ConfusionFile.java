package org.atelier.learning.simulate;

import java.nio.file.Path;
import java.util.List;

/**
 * How simulated people confuse classes, from a CSV with the columns true, answered, probability.
 */
public final class ConfusionFile {
  private ConfusionFile() {}

  /**
   * Reads the chances; what a class's rows leave of 1 goes to the right answer.
   *
   * @param classes class names in order
   * @return K × K, row true class, rows sum to 1
   * @throws UnreadableDataException naming the row and column of an unknown class, of a probability
   *     outside 0 to 1, or of a class whose probabilities sum above 1
   */
  public static double[][] read(Path file, List<String> classes) throws UnreadableDataException {
    CsvTable table = CsvTable.read(file, List.of("true", "answered", "probability"));
    int k = classes.size();
    double[][] chances = new double[k][k];
    for (int i = 0; i < table.rows().size(); i++) {
      String[] row = table.rows().get(i);
      String where = file + ", row " + table.lines().get(i) + ", column ";
      int right = index(classes, row[0], where + "true");
      int answered = index(classes, row[1], where + "answered");
      if (right != answered) {
        chances[right][answered] = probability(row[2], where + "probability");
      }
    }
    for (int c = 0; c < k; c++) {
      double rest = 1;
      for (int other = 0; other < k; other++) {
        rest -= other == c ? 0 : chances[c][other];
      }
      if (rest < -1e-9) {
        throw new UnreadableDataException(
            file + ": the probabilities of class " + classes.get(c) + " sum above 1");
      }
      chances[c][c] = Math.max(0, rest);
    }
    return chances;
  }

  private static int index(List<String> classes, String name, String where)
      throws UnreadableDataException {
    int index = classes.indexOf(name);
    if (index < 0) {
      throw new UnreadableDataException(
          "%s: %.200s is not one of %.2000s".formatted(where, name, classes));
    }
    return index;
  }

  private static double probability(String text, String where) throws UnreadableDataException {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw new UnreadableDataException(where + ": " + text + " is not a number");
    }
    throw new UnreadableDataException(where + ": " + text + " is not between 0 and 1");
  }
}
