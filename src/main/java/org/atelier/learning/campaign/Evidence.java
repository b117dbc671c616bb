package org.atelier.learning.campaign;

import java.util.List;
import java.util.Set;
import org.atelier.labeling.TaskReason;

/**
 * Everything people have said so far.
 *
 * @param labels current human labels, at most one per item, any order
 * @param unanswerable asked items that nobody will ever answer; they are not asked again
 * @param answers single answers given so far, all of them
 */
public record Evidence(List<Labeled> labels, Set<Integer> unanswerable, int answers) {
  /** Copies. */
  public Evidence {
    labels = List.copyOf(labels);
    unanswerable = Set.copyOf(unanswerable);
  }

  /**
   * A consolidated human label.
   *
   * @param item item number, 0 to N − 1
   * @param classes ascending class numbers
   * @param reason why the item was asked
   */
  public record Labeled(int item, int[] classes, TaskReason reason) {}

  /** Before anybody has answered. */
  public static Evidence none() {
    return new Evidence(List.of(), Set.of(), 0);
  }
}
