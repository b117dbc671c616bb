package org.atelier.labeling.consolidation;

/**
 * A answers of W workers to N items with K classes, grouped by item. Immutable; safe to share
 * between threads. An item may have no answer; a worker may have none.
 */
public final class AnswerSet {

  private final int workers;
  private final int classes;
  private final int[] starts;
  private final int[] answerWorkers;
  private final int[] answerLabels;

  private AnswerSet(int workers, int classes, int[] starts, int[] answerWorkers, int[] labels) {
    this.workers = workers;
    this.classes = classes;
    this.starts = starts;
    this.answerWorkers = answerWorkers;
    this.answerLabels = labels;
  }

  /**
   * Groups answers by item; within an item they keep their given order.
   *
   * @param item {@code int[A]}, item of each answer, 0 to N−1
   * @param worker {@code int[A]}, worker of each answer, 0 to W−1
   * @param label {@code int[A]}, class of each answer, 0 to K−1
   * @throws IllegalArgumentException when the arrays differ in length or an index is out of range
   */
  public static AnswerSet of(
      int items, int workers, int classes, int[] item, int[] worker, int[] label) {
    if (item.length != worker.length || item.length != label.length) {
      throw new IllegalArgumentException("Items, workers and labels must be equally many");
    }
    int[] starts = new int[items + 1];
    for (int a = 0; a < item.length; a++) {
      check("item", item[a], items);
      check("worker", worker[a], workers);
      check("label", label[a], classes);
      starts[item[a] + 1]++;
    }
    for (int i = 0; i < items; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] answerWorkers = new int[item.length];
    int[] answerLabels = new int[item.length];
    for (int a = 0; a < item.length; a++) {
      int at = next[item[a]]++;
      answerWorkers[at] = worker[a];
      answerLabels[at] = label[a];
    }
    return new AnswerSet(workers, classes, starts, answerWorkers, answerLabels);
  }

  private static void check(String what, int index, int bound) {
    if (index < 0 || index >= bound) {
      throw new IllegalArgumentException(
          "The " + what + " index " + index + " is outside 0 to " + (bound - 1));
    }
  }

  /** N. */
  public int items() {
    return starts.length - 1;
  }

  /** W. */
  public int workers() {
    return workers;
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /** A. */
  public int size() {
    return answerLabels.length;
  }

  /** How many answers an item has, 0 or more. */
  public int answersOf(int item) {
    return starts[item + 1] - starts[item];
  }

  int start(int item) {
    return starts[item];
  }

  int end(int item) {
    return starts[item + 1];
  }

  int worker(int answer) {
    return answerWorkers[answer];
  }

  int label(int answer) {
    return answerLabels[answer];
  }
}
