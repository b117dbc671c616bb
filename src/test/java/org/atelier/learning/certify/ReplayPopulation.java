package org.atelier.learning.certify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Machine labels with predicted error probabilities and known outcomes.
 *
 * @param scores predicted error probability of each label
 * @param wrong whether the label is wrong
 */
record ReplayPopulation(double[] scores, boolean[] wrong) {

  /**
   * Returns calibrated scores of which 80 % lie around 0.5 % error and the rest rises to about 40
   * %, shifted in log odds so that their mean is {@code 1 - accuracy}.
   */
  static double[] typicalScores(int n, double accuracy) {
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      double u = (i + 0.5) / n;
      scores[i] =
          u < 0.8
              ? 0.0005 + 0.012 * Math.pow(u / 0.8, 2)
              : 0.0125 + 0.3875 * Math.pow((u - 0.8) / 0.2, 1.3);
    }
    double low = -6;
    double high = 6;
    for (int round = 0; round < 50; round++) {
      double middle = 0.5 * (low + high);
      if (Arrays.stream(shifted(scores, middle)).average().orElse(0) < 1 - accuracy) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return shifted(scores, low);
  }

  /** Returns the scores moved by {@code by} in log odds. */
  static double[] shifted(double[] scores, double by) {
    return Arrays.stream(scores).map(p -> 1 / (1 + Math.exp(-Forecast.logOdds(p) - by))).toArray();
  }

  /** Returns the scores each moved by chance, with a standard deviation in log odds. */
  static double[] noisy(double[] scores, double deviation, long seed) {
    Random random = new Random(seed);
    return Arrays.stream(scores)
        .map(p -> 1 / (1 + Math.exp(-Forecast.logOdds(p) - deviation * random.nextGaussian())))
        .toArray();
  }

  /** Returns truth with exactly {@code errors} wrong labels, drawn in proportion to the rates. */
  static boolean[] truth(double[] rates, int errors, Random random) {
    boolean[] wrong = new boolean[rates.length];
    int count = 0;
    for (int i = 0; i < rates.length; i++) {
      wrong[i] = random.nextDouble() < rates[i];
      count += wrong[i] ? 1 : 0;
    }
    while (count != errors) {
      int i = random.nextInt(rates.length);
      if (count > errors && wrong[i] && random.nextDouble() > rates[i]) {
        wrong[i] = false;
        count--;
      } else if (count < errors && !wrong[i] && random.nextDouble() < rates[i]) {
        wrong[i] = true;
        count++;
      }
    }
    return wrong;
  }

  /**
   * Reads {@code score,correct} lines (score: predicted probability that the label is right;
   * correct: 1 or 0; a heading is skipped), surest first, and keeps the largest set of surest
   * labels that holds just more errors than the target allows.
   */
  static ReplayPopulation atTarget(Path csv, double target) throws IOException {
    List<double[]> rows =
        Files.readAllLines(csv).stream()
            .filter(line -> !line.isBlank() && Character.isDigit(line.charAt(0)))
            .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
            .sorted((a, b) -> Double.compare(b[0], a[0]))
            .toList();
    int size = 0;
    int errors = 0;
    for (int i = 0; i < rows.size(); i++) {
      errors += rows.get(i)[1] == 0 ? 1 : 0;
      if (errors == (int) Math.floor((1 - target) * (i + 1) + 1e-9) + 1) {
        size = i + 1;
      }
    }
    double[] scores = new double[size];
    boolean[] wrong = new boolean[size];
    for (int i = 0; i < size; i++) {
      scores[i] = Math.min(0.95, Math.max(1e-4, 1 - rows.get(i)[0]));
      wrong[i] = rows.get(i)[1] == 0;
    }
    return new ReplayPopulation(scores, wrong);
  }
}
