package org.atelier.labeling.consolidation;

/** Small answer sets written out row by row. */
final class Answers {

  private Answers() {}

  /** Rows of item, worker, label. */
  static AnswerSet of(int items, int workers, int classes, int[]... rows) {
    int[] item = new int[rows.length];
    int[] worker = new int[rows.length];
    int[] label = new int[rows.length];
    for (int a = 0; a < rows.length; a++) {
      item[a] = rows[a][0];
      worker[a] = rows[a][1];
      label[a] = rows[a][2];
    }
    return AnswerSet.of(items, workers, classes, item, worker, label);
  }

  static int[] row(int item, int worker, int label) {
    return new int[] {item, worker, label};
  }
}
