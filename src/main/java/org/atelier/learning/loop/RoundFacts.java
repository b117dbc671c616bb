package org.atelier.learning.loop;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.atelier.learning.campaign.RoundReport;

/**
 * What is known of one round, for pages and the certificate; short, since all rounds are read at
 * once.
 *
 * @param training what training found; null before the first model of the round
 * @param audit how the round's audit stands; null without one
 * @param watch how the labels accepted so far stand in the watch over them; null without any, and
 *     in rounds kept before it was noted
 * @param human how often people are shown to differ; null when nothing is answered twice
 * @param items items of the pool when the round was last changed
 * @param humanLabels items with a human label then; what the model learned from is in {@code
 *     training}
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
    WatchFacts watch,
    HumanFacts human,
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
   * @param humanLabels human labels the model learned from; null in rounds kept before it was noted
   * @param answers single answers behind them; null as {@code humanLabels}
   * @param accuracy held-out accuracy on items drawn at random, null below 30 of them
   * @param accuracyItems how many items it rests on
   * @param threshold least estimated probability of being right among the candidates; 1 without any
   * @param candidates machine labels the round would propose
   * @param draws answers an audit of them is expected to ask for; null as {@code humanLabels}
   * @param estimate their estimated accuracy
   * @param open items without a label
   * @param curve number of surest labels of the open items against their estimated accuracy
   * @param seconds time training and scoring took
   */
  public record Training(
      Integer humanLabels,
      Long answers,
      Double accuracy,
      int accuracyItems,
      double threshold,
      int candidates,
      Integer draws,
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
   * The watch over accepted labels.
   *
   * @param answered draws answered without a gap, all watches of the job together
   * @param wrong of the newest watch, answers that contradicted the machine
   * @param remaining accepted labels never drawn
   * @param supportedAtRisk risk at which the lower bound of audit and watch together still reaches
   *     the target; 1 when at none
   * @param accuracyAtMost upper bound valid at all times
   */
  public record WatchFacts(
      int answered, int wrong, int remaining, double supportedAtRisk, double accuracyAtMost) {}

  /**
   * How often two people differ on human labels.
   *
   * @param checked labels with a second blind answer, drawn at random
   * @param differing of them those on which it differs
   * @param atLeast lower bound of the part of all human labels on which two people differ, at all
   *     times
   * @param atMost upper bound of it, at all times
   */
  public record HumanFacts(
      long checked, @JsonAlias("contested") long differing, double atLeast, double atMost) {}

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
   * @param accuracyAtMost upper bound valid at all times, at the same risk again; null in rounds
   *     kept before it was noted
   * @param accuracyExpected forecast without guarantee
   * @param accepted labels accepted in the end, 0 before
   * @param seed seed of its draws
   * @param curve what the audit says of the surest of its candidates, by number; null in rounds
   *     kept before it was noted
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
      Double accuracyAtMost,
      double accuracyExpected,
      int accepted,
      long seed,
      List<AuditedPoint> curve) {}

  /**
   * What an audit says of so many of the surest labels, drawn ones left out.
   *
   * @param atLeast lower band, simultaneous over all points and times at the audit's risk
   * @param expected forecast, no guarantee
   * @param atMost upper band, at the same risk again
   */
  public record AuditedPoint(int labels, double atLeast, double expected, double atMost) {}
}
