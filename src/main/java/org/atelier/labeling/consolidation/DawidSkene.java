package org.atelier.labeling.consolidation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Modified Dawid–Skene: expectation maximisation over class priors and one confusion matrix per
 * worker, each smoothed towards the worker's own and towards everybody's mean accuracy.
 *
 * <p>Start: posteriors uniform; confusion {@code C_j} with 0.7 on the diagonal and 0.3/(K−1) beside
 * it. E step: prior = mean of the current posteriors, {@code p_i(t) ∝ prior(t) · Π_j C_j[t, l_ij]}.
 * M step: {@code C_j[t, a] = Σ p_i(t) + Prior(acc_j)[t, a]·n_j + Prior(acc_all)[t, a]·n_j/2}, rows
 * normalised, with {@code Prior(x)} the start matrix of diagonal x, acc_j the diagonal mass over
 * n_j, acc_all the mean of the worker accuracies of the epoch before. At most 20 epochs, until the
 * log-likelihood changes by less than 1e−8 of itself. The label is the class of the largest
 * posterior, ties to the lowest index; the confidence is that posterior.
 *
 * <p>Only fair items take part in the estimation; the other items get the posterior that the same
 * priors and confusions give them. A worker without answers on fair items has the mean accuracy. A
 * worker's reported accuracy is the mean posterior of the chosen classes over fair items with at
 * least two answers.
 *
 * <p>Source: A. P. Dawid, A. M. Skene, "Maximum likelihood estimation of observer error-rates using
 * the EM algorithm", Applied Statistics 28 (1979), 20–28, with the smoothing of Amazon SageMaker's
 * published image-classification consolidation sample. Deviations: the likelihood is taken before
 * normalisation (the sample takes it after, where it is always 1), products are sums of logarithms.
 */
public final class DawidSkene implements ConsolidationMethod {

  private static final double START_ACCURACY = 0.7;
  private static final double TOLERANCE = 1e-8;

  /** Keeps a probability that rounds to nothing from ruling out every class at once. */
  private static final double LEAST = 1e-12;

  /** Numbers of one estimate; it holds three of them at once, 8 bytes each. */
  private static final long MOST_CELLS = 50_000_000;

  private final int epochs;

  public DawidSkene() {
    this(20);
  }

  DawidSkene(int epochs) {
    this.epochs = epochs;
  }

  @Override
  public String name() {
    return "dawid-skene";
  }

  /**
   * As the interface says.
   *
   * @throws TooManyNumbersException when workers · classes² is above 50,000,000, which would take
   *     more than a gigabyte
   */
  @Override
  public Consolidation consolidate(AnswerSet answers, BitSet fairItems) {
    long cells = (long) answers.workers() * answers.classes() * answers.classes();
    if (cells > MOST_CELLS) {
      throw new TooManyNumbersException(
          "Dawid–Skene keeps a table of %,d × %,d labels for each of %,d people, which is too much. Consolidate by majority, or with fewer labels."
              .formatted(answers.classes(), answers.classes(), answers.workers()));
    }
    BitSet fair = fair(answers, fairItems);
    Estimate estimate = new Estimate(answers, fair);
    estimate.run(epochs);
    int classes = answers.classes();
    int[] labels = new int[answers.items()];
    double[] confidences = new double[answers.items()];
    double[] right = new double[answers.workers()];
    int[] judged = new int[answers.workers()];
    int[] given = new int[answers.workers()];
    double[] posterior = new double[classes];
    for (int i = 0; i < answers.items(); i++) {
      estimate.posterior(i, posterior);
      int count = answers.answersOf(i);
      labels[i] = count == 0 ? Consolidation.NO_LABEL : largest(posterior);
      confidences[i] = count == 0 ? 0 : Consolidation.confidence(posterior[labels[i]], count);
      boolean judge = count > 1 && fair.get(i);
      for (int a = answers.start(i); a < answers.end(i); a++) {
        int worker = answers.worker(a);
        given[worker]++;
        if (judge) {
          judged[worker]++;
          right[worker] += posterior[answers.label(a)];
        }
      }
    }
    List<WorkerSkill> skills = new ArrayList<>(answers.workers());
    for (int w = 0; w < answers.workers(); w++) {
      skills.add(WorkerSkill.of(given[w], judged[w], right[w]));
    }
    return new Consolidation(labels, confidences, skills);
  }

  private static BitSet fair(AnswerSet answers, BitSet chosen) {
    BitSet fair = new BitSet(answers.items());
    if (chosen != null) {
      fair.or(chosen);
    }
    if (fair.isEmpty()) {
      fair.set(0, answers.items());
    }
    fair.clear(answers.items(), Math.max(answers.items(), fair.length()));
    for (int i = fair.nextSetBit(0); i >= 0; i = fair.nextSetBit(i + 1)) {
      if (answers.answersOf(i) == 0) {
        fair.clear(i);
      }
    }
    return fair;
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] > values[best]) {
        best = k;
      }
    }
    return best;
  }

  /** The moving parts of one run. Confusions lie worker by worker, row by row, as logarithms. */
  private static final class Estimate {

    private final AnswerSet answers;
    private final BitSet fair;
    private final int classes;
    private final double[] prior;
    private double[] logConfusion;
    private double[] used;

    Estimate(AnswerSet answers, BitSet fair) {
      this.answers = answers;
      this.fair = fair;
      this.classes = answers.classes();
      this.prior = new double[classes];
      Arrays.fill(prior, 1.0 / classes);
      this.logConfusion = new double[answers.workers() * classes * classes];
      for (int at = 0; at < logConfusion.length; at++) {
        logConfusion[at] = Math.log(smooth(START_ACCURACY, at));
      }
      this.used = logConfusion;
    }

    private double smooth(double accuracy, int at) {
      if (classes == 1) {
        return 1;
      }
      int row = at / classes % classes;
      return row == at % classes ? accuracy : (1 - accuracy) / (classes - 1);
    }

    void run(int epochs) {
      double before = Double.NEGATIVE_INFINITY;
      double meanAccuracy = START_ACCURACY;
      double[] nextPrior = prior.clone();
      int fairCount = fair.cardinality();
      if (fairCount == 0) {
        return;
      }
      double[] posterior = new double[classes];
      for (int epoch = 0; epoch < epochs; epoch++) {
        System.arraycopy(nextPrior, 0, prior, 0, classes);
        used = logConfusion;
        double[] mass = new double[logConfusion.length];
        Arrays.fill(nextPrior, 0);
        double logLikelihood = 0;
        for (int i = fair.nextSetBit(0); i >= 0; i = fair.nextSetBit(i + 1)) {
          logLikelihood += posterior(i, posterior);
          for (int t = 0; t < classes; t++) {
            nextPrior[t] += posterior[t] / fairCount;
            for (int a = answers.start(i); a < answers.end(i); a++) {
              mass[(answers.worker(a) * classes + t) * classes + answers.label(a)] += posterior[t];
            }
          }
        }
        meanAccuracy = maximise(mass, meanAccuracy);
        if (Math.abs(logLikelihood - before) < TOLERANCE * Math.abs(before)) {
          return;
        }
        before = logLikelihood;
      }
    }

    private double maximise(double[] mass, double meanAccuracy) {
      int cells = classes * classes;
      double[] next = new double[mass.length];
      double accuracies = 0;
      int present = 0;
      for (int w = 0; w < answers.workers(); w++) {
        double count = 0;
        double diagonal = 0;
        for (int c = 0; c < cells; c++) {
          count += mass[w * cells + c];
          diagonal += c / classes == c % classes ? mass[w * cells + c] : 0;
        }
        double accuracy = count > 0 ? diagonal / count : meanAccuracy;
        if (count > 0) {
          accuracies += accuracy;
          present++;
        }
        double weight = count > 0 ? count : 1;
        for (int row = 0; row < classes; row++) {
          fillRow(mass, next, w * cells + row * classes, accuracy, meanAccuracy, weight);
        }
      }
      logConfusion = next;
      return present > 0 ? accuracies / present : meanAccuracy;
    }

    private void fillRow(
        double[] mass, double[] next, int from, double own, double everyone, double count) {
      double sum = 0;
      for (int at = from; at < from + classes; at++) {
        next[at] = mass[at] + smooth(own, at) * count + smooth(everyone, at) * count / 2;
        sum += next[at];
      }
      for (int at = from; at < from + classes; at++) {
        next[at] = Math.log(Math.max(LEAST, next[at] / sum));
      }
    }

    /** Fills the item's posterior over classes and returns its log-likelihood. */
    double posterior(int item, double[] posterior) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < classes; t++) {
        double sum = Math.log(Math.max(LEAST, prior[t]));
        for (int a = answers.start(item); a < answers.end(item); a++) {
          sum += used[(answers.worker(a) * classes + t) * classes + answers.label(a)];
        }
        posterior[t] = sum;
        largest = Math.max(largest, sum);
      }
      double total = 0;
      for (int t = 0; t < classes; t++) {
        posterior[t] = Math.exp(posterior[t] - largest);
        total += posterior[t];
      }
      for (int t = 0; t < classes; t++) {
        posterior[t] /= total;
      }
      return largest + Math.log(total);
    }
  }
}
