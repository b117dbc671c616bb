package org.atelier.learning.confusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts of what people say of items against what a model says of them: a row is what people say, a
 * column what the model says.
 *
 * <p>An item that people give the labels Y and the model the labels Z is counted so:
 *
 * <ul>
 *   <li>each label of both Y and Z once on the diagonal;
 *   <li>each label only in Y against each label only in Z: row the one, column the other;
 *   <li>where Z has nothing of its own, each label only in Y once in the column {@link #NOTHING}:
 *       the model missed it and says nothing in its place;
 *   <li>where Y has nothing of its own, each label only in Z once in the row {@link #NOTHING}: the
 *       model adds it and people say nothing in its place;
 *   <li>where both are empty, once in the row and column {@link #NOTHING}: both say that no label
 *       fits.
 * </ul>
 *
 * So every cell counts items, each at most once, and with exactly one label an item it is the
 * ordinary confusion matrix. Example: people say {coat, wool}, the model {jacket, wool} counts wool
 * / wool and coat / jacket; people {coat, wool}, the model {wool} counts wool / wool and coat /
 * nothing.
 *
 * <p>After Heydarian, Doyle and Samavi, "MLCM: Multi-Label Confusion Matrix", IEEE Access 10
 * (2022), 19083–19095, who pair what was missed with what was added in the same way and have the
 * same additional row and column. It differs in one case: an added label beside right ones is
 * counted there against every right label, as if those were confused with it; here against {@link
 * #NOTHING}. Krstinić et al. (2020) share one item out in fractions, which no list of items can
 * stand behind.
 *
 * <p>With many labels only those that take part in most differences have a row of their own; {@link
 * #OTHERS} is one row and column for the rest. Its cells count pairs of labels, so that with
 * several labels an item one item can count more than once there; where it meets itself, only equal
 * labels are counted, and different ones in {@link #amongOthers}. Memory is K plus the square of
 * the rows, never the square of K.
 *
 * @param keys what each row, and the column of the same place, stands for: ascending class indexes,
 *     then {@link #OTHERS} where labels are left, then {@link #NOTHING} where an item may have any
 *     number of labels
 * @param counts row people, column model
 * @param amongOthers pairs of different labels that both belong to {@link #OTHERS}
 */
public record ConfusionMatrix(int[] keys, int[][] counts, long amongOthers) {

  /** No label in the place of the other's one. */
  public static final int NOTHING = -1;

  /** Any of the labels without a row of their own. */
  public static final int OTHERS = -2;

  /** Most labels that all have a row of their own. */
  public static final int MOST_WHOLE = 100;

  /** Labels with a row of their own where there are more. */
  public static final int MOST_CONFUSED = 30;

  /**
   * A cell.
   *
   * @param people key of the row
   * @param model key of the column
   */
  public record Cell(int people, int model) {}

  /**
   * Counts items.
   *
   * @param classes K
   * @param multiLabel whether an item may have any number of labels
   * @param people ascending class indexes of each item; exactly one unless {@code multiLabel}
   * @param model as {@code people}, same items
   */
  public static ConfusionMatrix of(
      int classes, boolean multiLabel, List<int[]> people, List<int[]> model) {
    int[] own =
        classes <= MOST_WHOLE
            ? IntStream.range(0, classes).toArray()
            : mostConfused(classes, people, model);
    IntStream.Builder keys = IntStream.builder();
    Arrays.stream(own).forEach(keys::add);
    if (own.length < classes) {
      keys.add(OTHERS);
    }
    if (multiLabel) {
      keys.add(NOTHING);
    }
    int[] all = keys.build().toArray();
    Places places = new Places(classes, all);
    int[][] counts = new int[all.length][all.length];
    long among = 0;
    for (int i = 0; i < people.size(); i++) {
      among += count(places, counts, people.get(i), model.get(i));
    }
    return new ConfusionMatrix(all, counts, among);
  }

  /** Adds one item; answers how many pairs of different labels are of the others. */
  private static long count(Places places, int[][] counts, int[] people, int[] model) {
    for (int both : common(people, model)) {
      counts[places.of(both)][places.of(both)]++;
    }
    if (people.length == 0 && model.length == 0) {
      counts[places.of(NOTHING)][places.of(NOTHING)]++;
    }
    int[] missed = places.tally(without(people, model));
    int[] added = places.tally(without(model, people));
    int others = places.of(OTHERS);
    long among = 0;
    if (missed.length == 0 || added.length == 0) {
      int nothing = places.of(NOTHING);
      eachPlace(missed, (place, times) -> counts[place][nothing] += times);
      eachPlace(added, (place, times) -> counts[nothing][place] += times);
      return among;
    }
    for (int row = 0; row < missed.length; row++) {
      if (missed[row] == 0) {
        continue;
      }
      for (int column = 0; column < added.length; column++) {
        if (row == others && column == others) {
          among += (long) missed[row] * added[column];
        } else {
          counts[row][column] += missed[row] * added[column];
        }
      }
    }
    return among;
  }

  private interface Place {
    void take(int place, int times);
  }

  private static void eachPlace(int[] tally, Place each) {
    for (int place = 0; place < tally.length; place++) {
      if (tally[place] > 0) {
        each.take(place, tally[place]);
      }
    }
  }

  /**
   * The cells off the diagonal that an item counts in, each once; pairs among the others are none.
   */
  public List<Cell> differences(int[] people, int[] model) {
    int[] missed = keysOf(without(people, model));
    int[] added = keysOf(without(model, people));
    List<Cell> cells = new ArrayList<>();
    if (missed.length == 0 || added.length == 0) {
      Arrays.stream(missed).forEach(key -> cells.add(new Cell(key, NOTHING)));
      Arrays.stream(added).forEach(key -> cells.add(new Cell(NOTHING, key)));
      return cells;
    }
    for (int row : missed) {
      for (int column : added) {
        if (row != OTHERS || column != OTHERS) {
          cells.add(new Cell(row, column));
        }
      }
    }
    return cells;
  }

  /** Cells off the diagonal with at least one item, those with most first. */
  public List<Cell> differences() {
    record Counted(Cell cell, int count) {}
    List<Counted> found = new ArrayList<>();
    for (int row = 0; row < keys.length; row++) {
      for (int column = 0; column < keys.length; column++) {
        if (row != column && counts[row][column] > 0) {
          found.add(new Counted(new Cell(keys[row], keys[column]), counts[row][column]));
        }
      }
    }
    found.sort(Comparator.comparingInt(Counted::count).reversed());
    return found.stream().map(Counted::cell).toList();
  }

  private int[] keysOf(int[] labels) {
    return Arrays.stream(labels)
        .map(label -> Arrays.stream(keys).anyMatch(key -> key == label) ? label : OTHERS)
        .distinct()
        .toArray();
  }

  /**
   * The labels that take part in most differences, ascending; a label that stands in none comes
   * after all that do, by how often it is said, and one that is never said not at all.
   */
  private static int[] mostConfused(int classes, List<int[]> people, List<int[]> model) {
    long[] differences = new long[classes];
    long[] said = new long[classes];
    for (int i = 0; i < people.size(); i++) {
      int[] missed = without(people.get(i), model.get(i));
      int[] added = without(model.get(i), people.get(i));
      for (int label : missed) {
        differences[label] += Math.max(1, added.length);
      }
      for (int label : added) {
        differences[label] += Math.max(1, missed.length);
      }
      Arrays.stream(people.get(i)).forEach(label -> said[label]++);
      Arrays.stream(model.get(i)).forEach(label -> said[label]++);
    }
    return IntStream.range(0, classes)
        .filter(label -> said[label] > 0)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(label -> -differences[label])
                .thenComparingLong(label -> -said[label]))
        .limit(MOST_CONFUSED)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static int[] common(int[] one, int[] other) {
    return Arrays.stream(one).filter(label -> Arrays.binarySearch(other, label) >= 0).toArray();
  }

  private static int[] without(int[] one, int[] other) {
    return Arrays.stream(one).filter(label -> Arrays.binarySearch(other, label) < 0).toArray();
  }

  /** Which row stands for a label. */
  private static final class Places {
    private final int[] places;
    private final int rows;
    private final int others;
    private final int nothing;

    Places(int classes, int[] keys) {
      places = new int[classes];
      rows = keys.length;
      int left = -1;
      int none = -1;
      Arrays.fill(places, -1);
      for (int place = 0; place < keys.length; place++) {
        if (keys[place] == OTHERS) {
          left = place;
        } else if (keys[place] == NOTHING) {
          none = place;
        } else {
          places[keys[place]] = place;
        }
      }
      others = left;
      nothing = none;
      for (int label = 0; label < classes; label++) {
        places[label] = places[label] < 0 ? left : places[label];
      }
    }

    int of(int key) {
      return key == NOTHING ? nothing : key == OTHERS ? others : places[key];
    }

    /** How many of the labels each row stands for; empty without labels. */
    int[] tally(int[] labels) {
      int[] tally = new int[labels.length == 0 ? 0 : rows];
      for (int label : labels) {
        tally[places[label]]++;
      }
      return tally;
    }
  }
}
