package org.atelier.dataset.sample;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** How far a plain linear classifier gets: learns from the even rows, answers for the odd ones. */
final class LogisticBaseline {
  private LogisticBaseline() {}

  /**
   * Accuracy on the odd rows between 0 and 1.
   *
   * @param rows index (from 1) and value of the features of each row
   * @param classes class of each row
   */
  static double accuracy(List<TreeMap<Integer, Double>> rows, List<String> classes, double cost) {
    Linear.disableDebugOutput();
    List<String> names = new ArrayList<>(new java.util.TreeSet<>(classes));
    Problem problem = new Problem();
    problem.l = (rows.size() + 1) / 2;
    problem.n = rows.stream().mapToInt(row -> row.isEmpty() ? 0 : row.lastKey()).max().orElse(0);
    problem.x = new Feature[problem.l][];
    problem.y = new double[problem.l];
    for (int i = 0; i < rows.size(); i += 2) {
      problem.x[i / 2] = features(rows.get(i));
      problem.y[i / 2] = names.indexOf(classes.get(i));
    }
    Parameter parameter = new Parameter(SolverType.L2R_LR_DUAL, cost, 0.05);
    parameter.setRandom(new Random(7));
    Model model = Linear.train(problem, parameter);
    int right = 0;
    int asked = 0;
    for (int i = 1; i < rows.size(); i += 2) {
      asked++;
      if (names.get((int) Linear.predict(model, features(rows.get(i)))).equals(classes.get(i))) {
        right++;
      }
    }
    return (double) right / asked;
  }

  private static Feature[] features(TreeMap<Integer, Double> row) {
    return row.entrySet().stream()
        .map(entry -> new FeatureNode(entry.getKey(), entry.getValue()))
        .toArray(Feature[]::new);
  }
}
