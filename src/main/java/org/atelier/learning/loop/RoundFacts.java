package org.atelier.learning.loop;

import java.util.List;
import java.util.UUID;
import org.atelier.learning.campaign.RoundReport;

/**
 * What is known of one round, for pages and the certificate.
 *
 * @param training what training found; null before the first model of the round
 * @param audit how the round's audit stands; null without one
 * @param items items of the pool when the round was last changed
 * @param humanLabels items with a human label then
 * @param machineLabels machine labels accepted until then
 * @param answers single answers until then
 * @param seed seed of the round's chance
 * @param model what the model is, in a few words; null before training
 * @param uncertain open items the model is least sure of, most uncertain first
 * @param suspects human labels the model doubts most, most doubtful first
 * @param reserve items to ask when the queue runs low before the next step, in this order
 * @param note what was decided and why
 */
public record RoundFacts(
    RoundReport training,
    AuditFacts audit,
    int items,
    int humanLabels,
    int machineLabels,
    long answers,
    long seed,
    String model,
    List<Opinion> uncertain,
    List<Opinion> suspects,
    List<UUID> reserve,
    String note) {

  /** Copies. */
  public RoundFacts {
    uncertain = List.copyOf(uncertain);
    suspects = List.copyOf(suspects);
    reserve = List.copyOf(reserve);
  }

  /**
   * What the model thinks of an item.
   *
   * @param classes class indexes it would choose, ascending
   * @param score for uncertain items the estimated probability that it is right; for suspects the
   *     normalised margin of the human label; both 0 to 1, lower is more doubtful
   */
  public record Opinion(UUID itemId, int[] classes, double score) {}

  /**
   * An audit of machine labels about to be accepted, or the watch over accepted ones.
   *
   * @param target accuracy asked for
   * @param risk probability with which this audit may certify wrongly
   * @param decision {@code CONTINUE}, {@code CERTIFIED} or {@code HOPELESS}
   * @param candidates labels in the set looked at
   * @param drawn items of the set sent to people
   * @param answered draws answered without a gap
   * @param wrong answers that contradicted the machine
   * @param lost draws nobody will answer, counted as errors
   * @param accuracyAtLeast lower bound valid at all times
   * @param accuracyExpected forecast without guarantee
   * @param accepted labels accepted in the end, 0 before
   * @param seed seed of its draws
   */
  public record AuditFacts(
      double target,
      double risk,
      String decision,
      int candidates,
      int drawn,
      int answered,
      int wrong,
      int lost,
      double accuracyAtLeast,
      double accuracyExpected,
      int accepted,
      long seed) {}
}
