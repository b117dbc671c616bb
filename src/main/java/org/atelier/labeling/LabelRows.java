package org.atelier.labeling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of the label editor and what can be done with them. A label with deeper ones behind it
 * is a group, and everything done to it is done to those too. A list that is made here has no empty
 * rows, and no row is more than one level below the row before it.
 */
final class LabelRows {

  private static final int DEEPEST = 9;
  private static final Pattern ITEM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern PICTURE = Pattern.compile("[0-9a-f]{64}");

  private final List<LabelRow> rows;

  private LabelRows(List<LabelRow> rows) {
    this.rows = rows;
  }

  static LabelRows of(List<LabelRow> rows) {
    List<LabelRow> kept = new ArrayList<>();
    for (LabelRow row : rows) {
      if (!row.isEmpty()) {
        int most = kept.isEmpty() ? 0 : Math.min(DEEPEST, kept.get(kept.size() - 1).depth() + 1);
        kept.add(row.at(Math.max(0, Math.min(most, row.depth()))));
      }
    }
    return new LabelRows(List.copyOf(kept));
  }

  static LabelRows of(JobSettings settings) {
    List<LabelRow> rows = new ArrayList<>();
    for (LabelDefinition label : settings.labels()) {
      int depth = label.parent() == null ? 0 : rows.get(label.parent()).depth() + 1;
      rows.add(
          new LabelRow(
              label.name(),
              text(label.shortcut()),
              text(label.color()),
              text(label.description()),
              depth,
              Stream.concat(
                      label.examples().stream().map(UUID::toString),
                      label.examplePictures().stream())
                  .toList()));
    }
    return of(rows);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  /**
   * Reads labels from lines: two spaces or a tab before a name put it below the line above, and
   * after a name may follow, separated by |, key, colour and description.
   */
  static LabelRows parse(String lines) {
    List<LabelRow> rows = new ArrayList<>();
    List<Integer> indents = new ArrayList<>();
    for (String line : lines.split("\\R")) {
      if (line.isBlank()) {
        continue;
      }
      String expanded = line.replace("\t", "  ");
      int indent = (expanded.length() - expanded.stripLeading().length()) / 2;
      int above = rows.size() - 1;
      while (above >= 0 && indents.get(above) >= indent) {
        above--;
      }
      indents.add(indent);
      String[] parts = line.strip().split("\\s*\\|\\s*", 4);
      String color = part(parts, 2);
      rows.add(
          new LabelRow(
              parts[0],
              part(parts, 1),
              LabelColors.named(color).orElse(color),
              part(parts, 3),
              above < 0 ? 0 : rows.get(above).depth() + 1,
              List.of()));
    }
    return of(rows);
  }

  private static String part(String[] parts, int at) {
    return parts.length > at ? parts[at].strip() : "";
  }

  List<LabelRow> list() {
    return rows;
  }

  /** The labels; colours and keys left empty are those of the position. */
  List<LabelDefinition> definitions() {
    List<LabelDefinition> labels = new ArrayList<>();
    for (int at = 0; at < rows.size(); at++) {
      LabelRow row = rows.get(at);
      labels.add(
          new LabelDefinition(
              row.name().strip(),
              filled(row.color()),
              filled(row.shortcut()),
              filled(row.description()),
              parent(at),
              row.examples().stream()
                  .filter(ITEM.asMatchPredicate())
                  .map(UUID::fromString)
                  .toList(),
              row.examples().stream().filter(PICTURE.asMatchPredicate()).toList()));
    }
    return labels;
  }

  private static String filled(String typed) {
    return typed.isBlank() ? null : typed.strip();
  }

  private Integer parent(int at) {
    int above = at - 1;
    while (above >= 0 && rows.get(above).depth() >= rows.get(at).depth()) {
      above--;
    }
    return above < 0 ? null : above;
  }

  /** One past the last row that belongs to the row's group. */
  private int end(int at) {
    int end = at + 1;
    while (end < rows.size() && rows.get(end).depth() > rows.get(at).depth()) {
      end++;
    }
    return end;
  }

  private boolean has(int at) {
    return at >= 0 && at < rows.size();
  }

  /** Adds labels behind the others. */
  LabelRows and(List<LabelRow> more) {
    List<LabelRow> all = new ArrayList<>(rows);
    all.addAll(more);
    return of(all);
  }

  /** Adds labels behind the others but those whose names are there already. */
  LabelRows andNew(List<LabelRow> more) {
    Set<String> names = rows.stream().map(LabelRow::name).collect(Collectors.toSet());
    return and(more.stream().filter(row -> !names.contains(row.name())).toList());
  }

  /** Without a row; what was under it moves up a level. */
  LabelRows without(int at) {
    if (!has(at)) {
      return this;
    }
    List<LabelRow> left = new ArrayList<>(rows);
    for (int below = at + 1; below < end(at); below++) {
      left.set(below, rows.get(below).at(rows.get(below).depth() - 1));
    }
    left.remove(at);
    return of(left);
  }

  /** With a row, and what is under it, before its neighbour of the same level above. */
  LabelRows up(int at) {
    if (!has(at)) {
      return this;
    }
    int above = at - 1;
    while (above >= 0 && rows.get(above).depth() > rows.get(at).depth()) {
      above--;
    }
    return above < 0 || rows.get(above).depth() < rows.get(at).depth() ? this : swapped(above, at);
  }

  /** With a row, and what is under it, behind its neighbour of the same level below. */
  LabelRows down(int at) {
    int next = has(at) ? end(at) : rows.size();
    return next < rows.size() && rows.get(next).depth() == rows.get(at).depth()
        ? swapped(at, next)
        : this;
  }

  private LabelRows swapped(int first, int second) {
    List<LabelRow> moved = new ArrayList<>(rows.subList(0, first));
    moved.addAll(rows.subList(second, end(second)));
    moved.addAll(rows.subList(first, second));
    moved.addAll(rows.subList(end(second), rows.size()));
    return of(moved);
  }

  /** With a row, and what is under it, a level deeper (1) or less deep (-1). */
  LabelRows shifted(int at, int levels) {
    boolean possible =
        has(at)
            && (levels < 0
                ? rows.get(at).depth() > 0
                : at > 0 && rows.get(at).depth() <= rows.get(at - 1).depth());
    if (!possible) {
      return this;
    }
    List<LabelRow> moved = new ArrayList<>(rows);
    for (int below = at; below < end(at); below++) {
      moved.set(below, rows.get(below).at(Math.max(0, rows.get(below).depth() + levels)));
    }
    return of(moved);
  }

  /** The rows as lines, as {@link #parse} reads them; examples are left out. */
  String lines() {
    StringBuilder text = new StringBuilder();
    for (LabelRow row : rows) {
      text.append("  ".repeat(row.depth())).append(row.name());
      List<String> parts = Arrays.asList(row.shortcut(), row.color(), row.description());
      int last = parts.size();
      while (last > 0 && parts.get(last - 1).isEmpty()) {
        last--;
      }
      parts.subList(0, last).forEach(part -> text.append(" | ").append(part.replace('\n', ' ')));
      text.append('\n');
    }
    return text.toString();
  }

  /** What is wrong with examples, by row. */
  Map<Integer, String> unreadableExamples() {
    Map<Integer, String> wrong = new HashMap<>();
    for (int at = 0; at < rows.size(); at++) {
      for (String example : rows.get(at).examples()) {
        if (!ITEM.matcher(example).matches() && !PICTURE.matcher(example).matches()) {
          wrong.put(
              at, "An example is neither an item nor a picture; remove it, then choose again.");
        }
      }
    }
    return wrong;
  }
}
