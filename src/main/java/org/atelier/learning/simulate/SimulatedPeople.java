package org.atelier.learning.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.atelier.labeling.Disagreement;

/**
 * People who know the truth and err at stated rates; the same seed, item and turn give the same
 * answer.
 */
public final class SimulatedPeople {
  private final int[][] truth;
  private final int classes;
  private final boolean multiLabel;
  private final double[][] chances;
  private final int answersPerItem;
  private final int mostAnswers;
  private final long seed;

  /**
   * Simulates.
   *
   * @param truth right label of each item, ascending class numbers
   * @param chances K × K, row true class, column answered class, rows sum to 1; for multi-label,
   *     entry [k][k] is the chance that the decision about label k is right
   * @param answersPerItem 1 to 9
   * @param mostAnswers answers to an item on which they disagree, answersPerItem to 9
   */
  public SimulatedPeople(
      int[][] truth,
      int classes,
      boolean multiLabel,
      double[][] chances,
      int answersPerItem,
      int mostAnswers,
      long seed) {
    this.truth = truth;
    this.classes = classes;
    this.multiLabel = multiLabel;
    this.chances = chances;
    this.answersPerItem = answersPerItem;
    this.mostAnswers = mostAnswers;
    this.seed = seed;
  }

  /** Chances of people who are wrong at a rate, every other class being equally likely then. */
  public static double[][] evenErrors(int classes, double rate) {
    double[][] chances = new double[classes][classes];
    for (int k = 0; k < classes; k++) {
      Arrays.fill(chances[k], classes == 1 ? 0 : rate / (classes - 1));
      chances[k][k] = classes == 1 ? 1 : 1 - rate;
    }
    return chances;
  }

  /**
   * The consolidated label of an item, by the rule of majority vote: most votes, ties to the lowest
   * class; for multi-label a label is chosen by more than half of the people.
   */
  public int[] label(int item) {
    return label(answers(item, answersPerItem));
  }

  /**
   * What people say of an item who are asked as a job asks them: one more as long as the answers
   * leave it undecided.
   *
   * @param least answers that are asked for in any case
   * @param room answers that the budget has beyond those
   */
  int[][] ask(int item, int least, int room) {
    int count = least;
    int most = Math.min(mostAnswers, least + room);
    int[][] said = answers(item, count);
    while (count < most && isUndecided(said)) {
      said = answers(item, ++count);
    }
    return said;
  }

  private boolean isUndecided(int[][] said) {
    return multiLabel
        ? Disagreement.ofSets(List.of(said))
        : Disagreement.ofLabels(Arrays.stream(said).mapToInt(one -> one[0]).toArray());
  }

  /** What so many people say of an item, each answer ascending class numbers. */
  int[][] answers(int item, int count) {
    // Steps of one, because the generator's own step would make neighbours share their throws.
    SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L + item);
    if (multiLabel) {
      return decisions(item, count, random);
    }
    int[][] answers = new int[count][];
    for (int a = 0; a < count; a++) {
      answers[a] = new int[] {answer(truth[item][0], random)};
    }
    return answers;
  }

  /** The label that answers make together, by the rule of majority vote. */
  int[] label(int[][] answers) {
    int[] votes = new int[classes];
    for (int[] answer : answers) {
      for (int k : answer) {
        votes[k]++;
      }
    }
    if (multiLabel) {
      return IntStream.range(0, classes).filter(k -> 2 * votes[k] > answers.length).toArray();
    }
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = votes[k] > votes[best] ? k : best;
    }
    return new int[] {best};
  }

  private int answer(int right, SplittableRandom random) {
    double point = random.nextDouble();
    for (int k = 0; k < classes; k++) {
      point -= chances[right][k];
      if (point < 0) {
        return k;
      }
    }
    return right;
  }

  private int[][] decisions(int item, int count, SplittableRandom random) {
    boolean[][] yes = new boolean[count][classes];
    for (int a = 0; a < count; a++) {
      for (int k = 0; k < classes; k++) {
        boolean right = Arrays.binarySearch(truth[item], k) >= 0;
        yes[a][k] = (random.nextDouble() < chances[k][k]) == right;
      }
    }
    return Arrays.stream(yes)
        .map(one -> IntStream.range(0, classes).filter(k -> one[k]).toArray())
        .toArray(int[][]::new);
  }

  /** Single answers that an item costs. */
  public int answersPerItem() {
    return answersPerItem;
  }
}
