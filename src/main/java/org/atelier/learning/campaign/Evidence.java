package org.atelier.learning.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.Outcome;

/**
 * Everything people have said so far.
 *
 * @param labels current human labels, at most one per item, any order
 * @param unanswerable items that are neither candidates nor waited for: those that nobody will ever
 *     answer, and those that are with people although the campaign does not wait for them. An open
 *     draw of the audit under way is in it only when nobody will answer it
 * @param held those of them whose task was taken back while somebody held it; asked for again once
 *     nothing else is left, because nobody else would get them
 * @param answers single answers given and asked for
 * @param drawnEarly items that people were given while the candidates of the audit under way were
 *     found, with or without a label, in their order: that of draws without replacement, by the
 *     chances of their kinds, from all items open then, from the first draw on; empty outside an
 *     audit, null where nothing is ever drawn early
 */
public record Evidence(
    List<Labeled> labels,
    Set<Integer> unanswerable,
    Set<Integer> held,
    int answers,
    List<Integer> drawnEarly) {
  /** Copies. */
  public Evidence {
    labels = List.copyOf(labels);
    unanswerable = Set.copyOf(unanswerable);
    held = Set.copyOf(held);
    drawnEarly = drawnEarly == null ? null : List.copyOf(drawnEarly);
  }

  /** What was drawn early, empty where nothing is. */
  List<Integer> early() {
    return drawnEarly == null ? List.of() : drawnEarly;
  }

  /** What people have said where nothing is held and nothing is ever drawn early. */
  public Evidence(List<Labeled> labels, Set<Integer> unanswerable, int answers) {
    this(labels, unanswerable, Set.of(), answers, null);
  }

  /**
   * A consolidated human label.
   *
   * @param item item number, 0 to N − 1
   * @param classes ascending class numbers
   * @param reason why the item was asked
   * @param isBlind whether people said it who saw nothing but the item. Only such labels can show
   *     whether a machine label is right; what somebody in charge decided in view of it cannot, nor
   *     what was answered with the machine's opinion shown
   */
  public record Labeled(int item, int[] classes, TaskReason reason, boolean isBlind) {

    /** What people said who were shown nothing but the item, unless it was decided. */
    public Labeled(int item, int[] classes, TaskReason reason) {
      this(item, classes, reason, reason != TaskReason.DECIDED);
    }

    /** Outcome of an audit draw of this item: lost when the label is not blind. */
    public Outcome judge(int[] machine) {
      if (!isBlind) {
        return Outcome.LOST;
      }
      return Arrays.equals(classes, machine) ? Outcome.RIGHT : Outcome.WRONG;
    }
  }

  /** Before anybody has answered. */
  public static Evidence none() {
    return new Evidence(List.of(), Set.of(), 0);
  }
}
