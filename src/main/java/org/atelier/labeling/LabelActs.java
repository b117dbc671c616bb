package org.atelier.labeling;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the buttons of the label editor ask for, such as {@code up:3} for the fourth row. */
final class LabelActs {

  /** Something to do with a row, and the keys that do it too. */
  record Act(String key, String words, String keys) {}

  static final List<Act> ALL =
      List.of(
          new Act("up", "Move up", "Alt ↑"),
          new Act("down", "Move down", "Alt ↓"),
          new Act("in", "Put below the one above", "Alt →"),
          new Act("out", "One level out", "Alt ←"),
          new Act("remove", "Remove", null));

  private static final Pattern OF_A_ROW = Pattern.compile("(up|down|in|out|remove):(\\d{1,4})");

  private LabelActs() {}

  /**
   * The rows after an act; unknown acts change nothing.
   *
   * @param known the labels that came with the dataset, asked for only when they are to be added
   */
  static LabelRows apply(String act, LabelRows rows, Supplier<List<LabelRow>> known) {
    Matcher one = OF_A_ROW.matcher(act);
    if (!one.matches()) {
      return act.equals("import") ? rows.andNew(known.get()) : rows;
    }
    int row = Integer.parseInt(one.group(2));
    return switch (one.group(1)) {
      case "up" -> rows.up(row);
      case "down" -> rows.down(row);
      case "in" -> rows.shifted(row, 1);
      case "out" -> rows.shifted(row, -1);
      default -> rows.without(row);
    };
  }
}
