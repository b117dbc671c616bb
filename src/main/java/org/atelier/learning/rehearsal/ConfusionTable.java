package org.atelier.learning.rehearsal;

import java.util.List;
import org.atelier.learning.simulate.SimulatedPeople;

/** Reads how simulated people confuse classes from what was typed. */
final class ConfusionTable {

  private ConfusionTable() {}

  /**
   * Chances of each answer, K × K, row true class; rows sum to 1.
   *
   * @throws RehearsalRefusedException naming the line that is wrong
   */
  static double[][] chances(RehearsalSettings settings, List<String> classes)
      throws RehearsalRefusedException {
    String text = settings.confusion() == null ? "" : settings.confusion().strip();
    if (text.isEmpty()) {
      return SimulatedPeople.evenErrors(classes.size(), settings.labelerError());
    }
    double[][] chances = new double[classes.size()][classes.size()];
    String[] lines = text.split("\\R");
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank() && !(i == 0 && lines[i].startsWith("true,"))) {
        read(lines[i], "Line " + (i + 1) + " of the confusions", classes, chances);
      }
    }
    for (int k = 0; k < classes.size(); k++) {
      double wrong = 0;
      for (int other = 0; other < classes.size(); other++) {
        wrong += other == k ? 0 : chances[k][other];
      }
      if (wrong > 1 + 1e-9) {
        throw new RehearsalRefusedException(
            "The confusions of " + classes.get(k) + " sum to more than 1.");
      }
      chances[k][k] = Math.max(0, 1 - wrong);
    }
    return chances;
  }

  private static void read(String line, String where, List<String> classes, double[][] chances)
      throws RehearsalRefusedException {
    String[] parts = line.split(",");
    if (parts.length != 3) {
      throw new RehearsalRefusedException(where + " is not written as true,answered,probability.");
    }
    int right = classes.indexOf(parts[0].strip());
    int answered = classes.indexOf(parts[1].strip());
    if (right < 0 || answered < 0) {
      throw new RehearsalRefusedException(
          "%s names a label that the data does not have: %.200s".formatted(where, line.strip()));
    }
    try {
      double chance = Double.parseDouble(parts[2].strip());
      if (!(chance >= 0 && chance <= 1)) {
        throw new RehearsalRefusedException(where + " has a probability outside 0 to 1.");
      }
      if (right != answered) {
        chances[right][answered] = chance;
      }
    } catch (NumberFormatException e) {
      throw new RehearsalRefusedException(where + " has no number as its probability.");
    }
  }
}
