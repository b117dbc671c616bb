package org.atelier.learning.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextFeaturizerTest {
  /** Words alone: "red" in both texts, "coat" and "hat" in one each. */
  @Test
  void rarerWordsWeighMore() {
    SparseMatrix rows = new TextFeaturizer(1, 1, 0, 1).run(List.of("Red coat", "red HAT"));
    assertEquals(3, rows.columns());
    assertEquals(2, rows.rows());
    // columns: coat, hat, red; ln((1 + 2) / (1 + df)) + 1 is 1.405 and 1
    double coat = 1 + Math.log(1.5);
    double length = Math.sqrt(coat * coat + 1);
    assertEquals(coat / length, rows.times(0, new double[] {1, 0, 0}), 1e-6);
    assertEquals(1 / length, rows.times(0, new double[] {0, 0, 1}), 1e-6);
    assertEquals(0, rows.times(0, new double[] {0, 1, 0}), 1e-12);
  }

  @Test
  void termsBelowTheLeastNumberOfTextsAreLeftOut() {
    assertEquals(1, new TextFeaturizer(1, 1, 0, 2).run(List.of("red coat", "red hat")).columns());
  }

  /** " ab " has the 3-grams " ab" and "ab ". */
  @Test
  void lettersCountWordBoundaries() {
    assertEquals(2, new TextFeaturizer(0, 3, 3, 1).run(List.of("ab")).columns());
  }

  @Test
  void anEmptyTextIsAnEmptyRow() {
    SparseMatrix rows = new TextFeaturizer(1, 1, 0, 1).run(List.of("", "red"));
    assertEquals(0, rows.starts()[1]);
    assertEquals(0, new TextFeaturizer(1, 1, 0, 1).run(List.of()).rows());
  }
}
