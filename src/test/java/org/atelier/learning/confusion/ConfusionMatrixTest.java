package org.atelier.learning.confusion;

import static org.atelier.learning.confusion.ConfusionMatrix.NOTHING;
import static org.atelier.learning.confusion.ConfusionMatrix.OTHERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.atelier.learning.confusion.ConfusionMatrix.Cell;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  private final List<int[]> people = new ArrayList<>();
  private final List<int[]> model = new ArrayList<>();

  private void item(int[] says, int... modelSays) {
    people.add(says);
    model.add(modelSays);
  }

  private static int[] says(int... labels) {
    return labels;
  }

  @Test
  void withOneLabelAnItemItIsTheOrdinaryConfusionMatrix() {
    item(says(0), 0);
    item(says(0), 1);
    item(says(2), 1);
    item(says(2), 2);
    item(says(2), 2);
    ConfusionMatrix matrix = ConfusionMatrix.of(3, false, people, model);
    assertArrayEquals(new int[] {0, 1, 2}, matrix.keys());
    assertArrayEquals(new int[][] {{1, 1, 0}, {0, 0, 0}, {0, 1, 2}}, matrix.counts());
  }

  /** Five items with coat 0, jacket 1 and wool 2, to be counted by hand. */
  @Test
  void whatWasMissedMeetsWhatWasAddedAndElseNothing() {
    item(says(0, 2), 0, 2); // coat / coat, wool / wool
    item(says(0, 2), 1, 2); // wool / wool, coat / jacket
    item(says(0, 2), 2); // wool / wool, coat / nothing
    item(says(1), 1, 2); // jacket / jacket, nothing / wool
    item(says(0, 2), 1); // coat / jacket, wool / jacket
    item(says(), 1); // nothing / jacket
    item(says()); // nothing / nothing
    ConfusionMatrix matrix = ConfusionMatrix.of(3, true, people, model);
    assertArrayEquals(new int[] {0, 1, 2, NOTHING}, matrix.keys());
    assertArrayEquals(
        new int[][] {
          // coat, jacket, wool, nothing
          {1, 2, 0, 1}, // coat
          {0, 1, 0, 0}, // jacket
          {0, 1, 3, 0}, // wool
          {0, 1, 1, 1}, // nothing
        },
        matrix.counts());
    assertEquals(0, matrix.amongOthers());
    assertEquals(List.of(new Cell(0, 1), new Cell(2, 1)), matrix.differences(says(0, 2), says(1)));
    assertEquals(List.of(new Cell(0, NOTHING)), matrix.differences(says(0, 2), says(2)));
    assertEquals(List.of(new Cell(NOTHING, 1)), matrix.differences(says(), says(1)));
    assertEquals(List.of(), matrix.differences(says(), says()));
    assertEquals(new Cell(0, 1), matrix.differences().get(0));
    assertEquals(5, matrix.differences().size());
  }

  @Test
  void ofManyLabelsThoseThatAreConfusedMostHaveARowAndTheRestShareOne() {
    for (int label = 0; label < 35; label++) {
      for (int times = 0; times <= label; times++) {
        item(says(label), label + 100); // the higher, the more often
      }
      item(says(label), label);
    }
    ConfusionMatrix matrix = ConfusionMatrix.of(1_000, false, people, model);
    int[] keys = matrix.keys();
    assertEquals(31, keys.length);
    assertEquals(OTHERS, keys[30]);
    // 20 to 34 and 120 to 134 take part in 21 and more differences each
    assertArrayEquals(
        new int[] {20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34},
        Arrays.copyOf(keys, 15));
    assertEquals(120, keys[15]);
    assertEquals(35, matrix.counts()[14][29]);
    // 0 to 19 were each said rightly once, and wrongly 1 + 2 + … + 20 times
    assertEquals(20, matrix.counts()[30][30]);
    assertEquals(210, matrix.amongOthers());
    assertEquals(new Cell(34, 134), matrix.differences().get(0));
    assertEquals(List.of(), matrix.differences(says(0), says(100)));
    assertEquals(List.of(new Cell(OTHERS, 134)), matrix.differences(says(0), says(134)));
  }

  @Test
  void withoutDifferencesTheMostFrequentLabelsAreShown() {
    item(says(7), 7);
    item(says(500), 500);
    item(says(500), 500);
    ConfusionMatrix matrix = ConfusionMatrix.of(600, false, people, model);
    assertArrayEquals(new int[] {7, 500, OTHERS}, matrix.keys());
    assertArrayEquals(new int[][] {{1, 0, 0}, {0, 2, 0}, {0, 0, 0}}, matrix.counts());
  }

  @Test
  void nothingIsMadeOfNothing() {
    ConfusionMatrix matrix = ConfusionMatrix.of(600, true, List.of(), List.of());
    assertArrayEquals(new int[] {OTHERS, NOTHING}, matrix.keys());
    assertArrayEquals(new int[2][2], matrix.counts());
    assertEquals(List.of(), matrix.differences());
  }

  /** Counts pair by pair over all labels, as the contract reads, and lumps the rest together. */
  @Test
  void countsAreThoseOfTheWholeMatrixLumpedTogether() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 30; trial++) {
      people.clear();
      model.clear();
      int classes = 2 + random.nextInt(160);
      for (int i = 0; i < 200; i++) {
        item(some(random, classes), some(random, classes));
      }
      ConfusionMatrix matrix = ConfusionMatrix.of(classes, true, people, model);
      assertTrue(matrix.keys().length <= 102);
      Map<Cell, Integer> whole = new HashMap<>();
      for (int i = 0; i < people.size(); i++) {
        countWhole(people.get(i), model.get(i), whole);
      }
      long among = 0;
      int[][] expected = new int[matrix.keys().length][matrix.keys().length];
      for (Map.Entry<Cell, Integer> one : whole.entrySet()) {
        int row = place(matrix.keys(), one.getKey().people());
        int column = place(matrix.keys(), one.getKey().model());
        boolean differ = one.getKey().people() != one.getKey().model();
        if (differ && row == column) {
          among += one.getValue();
        } else {
          expected[row][column] += one.getValue();
        }
      }
      assertArrayEquals(expected, matrix.counts());
      assertEquals(among, matrix.amongOthers());
    }
  }

  private static int place(int[] keys, int label) {
    int others = 0;
    for (int place = 0; place < keys.length; place++) {
      if (keys[place] == label) {
        return place;
      }
      others = keys[place] == OTHERS ? place : others;
    }
    return others;
  }

  private static void countWhole(int[] people, int[] model, Map<Cell, Integer> whole) {
    List<Integer> missed = new ArrayList<>(Arrays.stream(people).boxed().toList());
    List<Integer> added = new ArrayList<>(Arrays.stream(model).boxed().toList());
    for (int label : people) {
      if (added.remove((Integer) label)) {
        missed.remove((Integer) label);
        whole.merge(new Cell(label, label), 1, Integer::sum);
      }
    }
    if (people.length == 0 && model.length == 0) {
      whole.merge(new Cell(NOTHING, NOTHING), 1, Integer::sum);
      return;
    }
    if (missed.isEmpty()) {
      added.forEach(label -> whole.merge(new Cell(NOTHING, label), 1, Integer::sum));
    } else if (added.isEmpty()) {
      missed.forEach(label -> whole.merge(new Cell(label, NOTHING), 1, Integer::sum));
    }
    for (int one : missed) {
      added.forEach(other -> whole.merge(new Cell(one, other), 1, Integer::sum));
    }
  }

  private static int[] some(SplittableRandom random, int classes) {
    return random.ints(random.nextInt(5), 0, classes).distinct().sorted().toArray();
  }
}
