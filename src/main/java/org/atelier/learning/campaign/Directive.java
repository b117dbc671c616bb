package org.atelier.learning.campaign;

import java.util.List;
import org.atelier.labeling.TaskReason;

/**
 * What to do after a turn.
 *
 * @param asks items to send to people, most wanted first
 * @param accepted machine labels to make current
 * @param withdrawn items whose machine labels are to be withdrawn
 * @param report the round that ended with this turn; null when none did
 * @param stop why the campaign ended; null while it goes on
 * @param waiting whether nothing can be done before people answer more
 */
public record Directive(
    List<Ask> asks,
    List<Accepted> accepted,
    List<Integer> withdrawn,
    RoundReport report,
    StopReason stop,
    boolean waiting) {
  /** Copies. */
  public Directive {
    asks = List.copyOf(asks);
    accepted = List.copyOf(accepted);
    withdrawn = List.copyOf(withdrawn);
  }

  /**
   * An item for people.
   *
   * @param item item number
   * @param reason stored with the task and not shown before the answer
   */
  public record Ask(int item, TaskReason reason) {}

  /**
   * A machine label.
   *
   * @param classes ascending class numbers
   * @param confidence estimated probability that it is right, 0 to 1
   */
  public record Accepted(int item, int[] classes, double confidence) {}

  static Directive ask(List<Ask> asks, RoundReport report) {
    return new Directive(asks, List.of(), List.of(), report, null, false);
  }

  static Directive await() {
    return new Directive(List.of(), List.of(), List.of(), null, null, true);
  }

  static Directive stop(StopReason reason, RoundReport report) {
    return new Directive(List.of(), List.of(), List.of(), report, reason, false);
  }
}
