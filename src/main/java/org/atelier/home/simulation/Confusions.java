package org.atelier.home.simulation;

import java.util.List;
import org.atelier.platform.ProblemException;

/** How simulated people confuse labels, as it is typed: true,answered,probability in a line. */
final class Confusions {

  static final String FIELD = "confusion";

  private Confusions() {}

  /**
   * Reads the chances; what the lines of a label leave of 1 goes to the right answer.
   *
   * @param classes label names in order of their class indexes
   * @return K × K, row true class; null when nothing is typed
   * @throws ProblemException invalid-input naming the line that is wrong
   */
  static double[][] read(String text, List<String> classes) {
    if (text == null || text.isBlank()) {
      return null;
    }
    double[][] chances = new double[classes.size()][classes.size()];
    String[] lines = text.strip().split("\\R");
    for (int i = 0; i < lines.length; i++) {
      boolean head = i == 0 && lines[i].replace(" ", "").startsWith("true,");
      if (!lines[i].isBlank() && !head) {
        read(lines[i], "Line " + (i + 1), classes, chances);
      }
    }
    for (int right = 0; right < chances.length; right++) {
      double rest = 1;
      for (int answered = 0; answered < chances.length; answered++) {
        rest -= answered == right ? 0 : chances[right][answered];
      }
      if (rest < -1e-9) {
        throw refused("The confusions of " + classes.get(right) + " sum to more than 1.");
      }
      chances[right][right] = Math.max(0, rest);
    }
    return chances;
  }

  private static void read(String line, String where, List<String> classes, double[][] chances) {
    String[] parts = line.split(",");
    if (parts.length != 3) {
      throw refused(where + " is not written as true,answered,probability.");
    }
    int right = index(parts[0], where, classes);
    int answered = index(parts[1], where, classes);
    double chance = chance(parts[2], where);
    if (right != answered) {
      chances[right][answered] = chance;
    }
  }

  private static int index(String name, String where, List<String> classes) {
    int index = classes.indexOf(name.strip());
    if (index < 0) {
      throw refused(where + ": the job has no label “" + name.strip() + "”.");
    }
    return index;
  }

  private static double chance(String text, String where) {
    try {
      double chance = Double.parseDouble(text.strip());
      if (chance >= 0 && chance <= 1) {
        return chance;
      }
    } catch (NumberFormatException notANumber) {
      throw refused(where + ": “" + text.strip() + "” is not a number.");
    }
    throw refused(where + ": the probability lies between 0 and 1.");
  }

  private static ProblemException refused(String sentence) {
    return ProblemException.invalid(FIELD, sentence);
  }
}
