package org.atelier.learning.loop;

import java.util.List;
import org.atelier.learning.campaign.RoundReport;

/**
 * What is known of one round, for pages and the certificate; short, since all rounds are read at
 * once.
 *
 * @param training what training found; null before the first model of the round
 * @param audit how the round's audit stands; null without one
 * @param items items of the pool when the round was last changed
 * @param humanLabels items with a human label then
 * @param machineLabels machine labels accepted until then
 * @param answers single answers until then
 * @param seed seed of the round's chance
 * @param model what the model is, in a few words; null before training
 * @param scopeNote why the promise is for the machine labels alone although the whole dataset was
 *     asked for; null when it is as asked
 * @param note what was decided and why
 */
public record RoundFacts(
    Training training,
    AuditFacts audit,
    int items,
    int humanLabels,
    int machineLabels,
    long answers,
    long seed,
    String model,
    String scopeNote,
    String note) {

  /**
   * What a round's training found; estimates from people's answers.
   *
   * @param accuracy held-out accuracy on items drawn at random, null below 30 of them
   * @param accuracyItems how many items it rests on
   * @param threshold least estimated probability of being right among the candidates; 1 without any
   * @param candidates machine labels the round would propose
   * @param estimate their estimated accuracy
   * @param open items without a label
   * @param curve number of surest labels of the open items against their estimated accuracy
   * @param seconds time training and scoring took
   */
  public record Training(
      Double accuracy,
      int accuracyItems,
      double threshold,
      int candidates,
      double estimate,
      int open,
      List<RoundReport.CurvePoint> curve,
      double seconds) {

    /** Copies. */
    public Training {
      curve = List.copyOf(curve);
    }
  }

  /**
   * An audit of machine labels about to be accepted.
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
