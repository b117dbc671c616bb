package org.atelier.learning.simulate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.certify.HumanError;

/**
 * What {@code simulate} writes, field for field in snake case.
 *
 * @param humanLabels items with a human label
 * @param humanAnswers single answers, audit included
 * @param machineAccuracy true accuracy of the machine labels; null when there are none
 * @param overallAccuracy true accuracy of all labels; null when there are none
 * @param humanError what second answers tell of people; null unless the whole dataset is promised
 * @param refusal why a job would have paused with what was asked; null when it would not
 * @param certified whether machine labels were accepted and their guarantee holds the target
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SimulationReport(
    int items,
    int classes,
    int humanLabels,
    int humanAnswers,
    int machineLabels,
    int unlabeled,
    Double machineAccuracy,
    Double overallAccuracy,
    boolean certified,
    HumanErrors humanError,
    String refusal,
    Guarantee guarantee,
    List<Round> rounds,
    Seconds seconds,
    Map<String, Long> seeds,
    Map<String, String> versions) {

  /** What is promised, and what it rests on. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Guarantee(
      double target,
      double risk,
      String scope,
      double lowerBound,
      int auditAnswers,
      String method) {}

  /**
   * How often two people differ.
   *
   * @param checked items that two people answered
   * @param differing of them those they differ on
   * @param atLeast lower bound of the part of all human labels, at all times
   * @param atMost upper bound of it, at all times
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record HumanErrors(long checked, long differing, double atLeast, double atMost) {}

  /**
   * One round. Where it had no candidates there is nothing to tell of them: estimate and true
   * accuracy are null, the threshold is 1 and the bounds are 0 and 1.
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Round(
      int round,
      int humanLabels,
      int humanAnswers,
      int auditAnswers,
      double threshold,
      int candidateLabels,
      int acceptedLabels,
      Double estimate,
      double lower,
      double upper,
      Double trueAccuracy,
      double oracleShare,
      double seconds) {}

  /** Where the time went. */
  public record Seconds(double features, double train, double score, double total) {}

  private static final String METHOD =
      "weighted stratified audit without replacement; betting confidence sequence, anytime valid;"
          + " union over audits, candidate sets and monitor";

  /**
   * Writes up an outcome.
   *
   * @param featureSeconds time spent on features
   */
  public static SimulationReport of(
      CampaignSettings settings,
      Simulation.Outcome outcome,
      double featureSeconds,
      Map<String, String> versions) {
    int human = outcome.evidence().labels().size();
    int machine = outcome.state().machineLabels();
    double lower = lowerBound(settings, outcome);
    return new SimulationReport(
        settings.items(),
        settings.classes(),
        human,
        outcome.evidence().answers(),
        machine,
        settings.items() - human - machine,
        machine == 0 ? null : (Double) outcome.machineAccuracy(),
        human + machine == 0 ? null : (Double) outcome.overallAccuracy(),
        machine > 0 && lower >= settings.target() - 1e-12,
        humanErrors(outcome.human()),
        outcome.refusal(),
        new Guarantee(
            settings.target(),
            settings.risk(),
            settings.scope().name().toLowerCase(Locale.ROOT),
            lower,
            outcome.state().auditAnswers(),
            METHOD),
        outcome.rounds().stream().map(SimulationReport::round).toList(),
        new Seconds(
            featureSeconds,
            outcome.trainSeconds(),
            Math.max(0, outcome.totalSeconds() - outcome.trainSeconds()),
            featureSeconds + outcome.totalSeconds()),
        Map.of("campaign", settings.seed(), "features", 1L, "people", settings.seed()),
        versions);
  }

  private static HumanErrors humanErrors(HumanError human) {
    return human == null
        ? null
        : new HumanErrors(human.checked(), human.disagreements(), human.lower(), human.upper());
  }

  /** Each set's bound holds at the same time, so the union's is their weighted mean. */
  private static double lowerBound(CampaignSettings settings, Simulation.Outcome outcome) {
    double right = 0;
    int machine = 0;
    for (CampaignState.AcceptedSet set : outcome.state().accepted()) {
      right += set.lower() * set.items().length;
      machine += set.items().length;
    }
    if (machine == 0) {
      return 0;
    }
    if (settings.scope() == CampaignSettings.Scope.MACHINE) {
      return right / machine;
    }
    int human = outcome.evidence().labels().size();
    return (right + human * (1 - outcome.human().upper())) / (machine + human);
  }

  private static Round round(Simulation.Round round) {
    var report = round.report();
    boolean any = report.candidateLabels() > 0;
    return new Round(
        report.round(),
        report.humanLabels(),
        report.answers(),
        report.auditAnswers(),
        report.threshold(),
        report.candidateLabels(),
        report.acceptedLabels(),
        any ? (Double) report.estimate() : null,
        report.lower(),
        report.upper(),
        any ? round.trueAccuracy() : null,
        round.oracleShare(),
        report.seconds());
  }
}
