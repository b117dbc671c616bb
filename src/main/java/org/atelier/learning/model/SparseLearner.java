package org.atelier.learning.model;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.atelier.learning.feature.SparseMatrix;
import org.atelier.learning.sampling.Pool;

/**
 * Logistic regressions on sparse features, one per class (one when there are two), each member of
 * the ensemble blind to one fold of the examples.
 *
 * <p>Source: Fan, Chang, Hsieh, Wang and Lin (2008), "LIBLINEAR", JMLR 9; its Java edition.
 */
public final class SparseLearner implements Learner {
  private static final int HEADER = 16;

  static {
    Linear.setDebugOutput(null);
  }

  private final SparseMatrix features;
  private final double cost;
  private final int members;
  private float[][][] last = new float[0][][];
  private boolean multiLabel;

  /**
   * Prepares a learner.
   *
   * @param cost weight C of an example's loss against the L2 penalty, above 0
   * @param members models, each blind to 1/members of the examples, at least 2
   */
  public SparseLearner(SparseMatrix features, double cost, int members) {
    if (cost <= 0 || members < 2) {
      throw new IllegalArgumentException("cost must be above 0, members at least 2");
    }
    this.features = features;
    this.cost = cost;
    this.members = members;
  }

  /** The measured defaults, see docs/benchmarks-learning.md. */
  public SparseLearner(SparseMatrix features) {
    this(features, 2, 6);
  }

  @Override
  public Pool.Vectors vectors() {
    return new HashedVectors(features);
  }

  /**
   * Ints members, classes, columns and 1 for several labels per item, then for each member and
   * class a float for every column and the bias.
   */
  @Override
  public byte[] encode() {
    if (last.length == 0) {
      return new byte[0];
    }
    int width = features.columns() + 1;
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + 4 * last.length * last[0].length * width);
    bytes.putInt(last.length).putInt(last[0].length);
    bytes.putInt(features.columns()).putInt(multiLabel ? 1 : 0);
    for (float[][] member : last) {
      for (float[] weights : member) {
        for (float weight : weights) {
          bytes.putFloat(weight);
        }
      }
    }
    return bytes.array();
  }

  @Override
  public float[] probabilities(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    if (encoded.length < HEADER) {
      throw new IllegalArgumentException("this is no stored model of sparse features");
    }
    int count = bytes.getInt();
    int k = bytes.getInt();
    int columns = bytes.getInt();
    boolean several = bytes.getInt() == 1;
    if (columns != features.columns()
        || encoded.length != HEADER + 4L * count * k * (columns + 1)) {
      throw new IllegalArgumentException(
          "the model reads %d features, the items have %d".formatted(columns, features.columns()));
    }
    float[] pool = new float[features.rows() * k];
    for (int member = 0; member < count; member++) {
      double[][] weights = new double[k][columns + 1];
      for (double[] one : weights) {
        for (int j = 0; j < one.length; j++) {
          one[j] = bytes.getFloat();
        }
      }
      addProbabilities(weights, several, count, pool);
    }
    return pool;
  }

  @Override
  public String description() {
    return "logistic regression ×" + members + " on " + features.columns() + " sparse features";
  }

  @Override
  public Scores learn(Examples examples, long seed, Effort effort) {
    SplittableRandom random = new SplittableRandom(seed);
    int folds = Math.min(members, examples.size());
    int[] fold = DenseLearner.folds(examples.size(), folds, random);
    int k = examples.classes();
    float[] pool = new float[features.rows() * k];
    float[] heldOut = new float[examples.size() * k];
    float[] row = new float[k];
    Feature[][] rows = new Feature[examples.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(examples.items()[i]);
    }
    float[][][] trained = new float[folds][][];
    for (int m = 0; m < folds; m++) {
      int member = m;
      double[][] weights =
          train(examples, rows, DenseLearner.positions(fold, f -> f != member || folds == 1));
      trained[m] = floats(weights);
      addProbabilities(weights, examples.multiLabel(), folds, pool);
      for (int i : DenseLearner.positions(fold, f -> f == member)) {
        probabilities(weights, examples.multiLabel(), examples.items()[i], row);
        System.arraycopy(row, 0, heldOut, i * k, k);
      }
    }
    last = trained;
    multiLabel = examples.multiLabel();
    return new Scores(k, examples.multiLabel(), pool, heldOut);
  }

  private void addProbabilities(double[][] weights, boolean several, int of, float[] pool) {
    int k = weights.length;
    float[] row = new float[k];
    for (int item = 0; item < features.rows(); item++) {
      probabilities(weights, several, item, row);
      for (int c = 0; c < k; c++) {
        pool[item * k + c] += row[c] / of;
      }
    }
  }

  private static float[][] floats(double[][] weights) {
    float[][] rounded = new float[weights.length][];
    for (int c = 0; c < weights.length; c++) {
      rounded[c] = new float[weights[c].length];
      for (int j = 0; j < weights[c].length; j++) {
        rounded[c][j] = (float) weights[c][j];
      }
    }
    return rounded;
  }

  private Feature[] row(int item) {
    int from = features.starts()[item];
    Feature[] row = new Feature[features.starts()[item + 1] - from];
    for (int j = 0; j < row.length; j++) {
      row[j] = new FeatureNode(features.indexes()[from + j] + 1, features.values()[from + j]);
    }
    return row;
  }

  /**
   * One weight vector per class, the bias last; classes never seen keep a strongly negative bias.
   */
  private double[][] train(Examples examples, Feature[][] rows, int[] seen) {
    int k = examples.classes();
    double[][] weights = new double[k][];
    boolean binary = k == 2 && !examples.multiLabel();
    for (int c = binary ? 1 : 0; c < k; c++) {
      weights[c] = one(examples, rows, seen, c);
    }
    if (binary) {
      weights[0] = new double[weights[1].length];
      for (int j = 0; j < weights[1].length; j++) {
        weights[0][j] = -weights[1][j];
      }
    }
    return weights;
  }

  private double[] one(Examples examples, Feature[][] rows, int[] seen, int wanted) {
    Problem problem = new Problem();
    problem.l = seen.length;
    problem.n = features.columns() + 1;
    problem.bias = 1;
    problem.x = new Feature[seen.length][];
    problem.y = new double[seen.length];
    int positive = 0;
    FeatureNode bias = new FeatureNode(features.columns() + 1, 1);
    for (int i = 0; i < seen.length; i++) {
      Feature[] row = rows[seen[i]];
      problem.x[i] = Arrays.copyOf(row, row.length + 1);
      problem.x[i][row.length] = bias;
      boolean is = Arrays.binarySearch(examples.labels()[seen[i]], wanted) >= 0;
      problem.y[i] = is ? 1 : -1;
      positive += is ? 1 : 0;
    }
    double[] weights = new double[features.columns() + 1];
    if (positive == 0 || positive == seen.length) {
      weights[weights.length - 1] = positive == 0 ? -8 : 8;
      return weights;
    }
    Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, cost, 0.01));
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    double[] learned = model.getFeatureWeights();
    for (int j = 0; j < weights.length; j++) {
      // As precise as the model is stored, so that a stored one says exactly the same.
      weights[j] = (float) (sign * learned[j]);
    }
    return weights;
  }

  private void probabilities(double[][] weights, boolean multiLabel, int item, float[] into) {
    double sum = 0;
    for (int c = 0; c < into.length; c++) {
      double[] w = weights[c];
      double odds = features.times(item, w) + w[w.length - 1];
      into[c] = (float) (1 / (1 + Math.exp(-odds)));
      sum += into[c];
    }
    for (int c = 0; c < into.length && !multiLabel; c++) {
      into[c] = sum > 0 ? (float) (into[c] / sum) : 1f / into.length;
    }
  }
}
