package org.atelier.learning.loop;

import java.util.List;
import org.atelier.learning.campaign.AuditLook;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.certify.AccuracyMonitor;
import org.atelier.learning.certify.AuditReport;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.CoverageCurve;

/** Reads how a round's audit stands. */
final class AuditReading {

  private AuditReading() {}

  /**
   * The round's audit after a turn: of the audit under way, else of the one the turn ended, else as
   * it was before.
   *
   * @param before the campaign before the turn, null before the first
   * @param previous facts before the turn, null without any
   * @param trained whether the turn began a new round
   */
  static RoundFacts.AuditFacts of(
      CampaignState before,
      Campaign.Turn turn,
      EvidenceReader.Heard heard,
      RoundFacts previous,
      boolean trained) {
    CampaignState.AuditInProgress audit = turn.state().audit();
    if (audit != null) {
      return of(AuditLook.at(audit, heard.evidence()), 0);
    }
    if (before == null || before.audit() == null || trained) {
      return previous == null || trained ? null : previous.audit();
    }
    RoundReport report = turn.directive().report();
    int accepted = report == null ? 0 : report.acceptedLabels();
    return of(AuditLook.at(before.audit(), heard.evidence()), accepted);
  }

  private static List<RoundFacts.AuditedPoint> curve(CampaignState.AuditInProgress audit) {
    AuditState state = audit.state();
    return CoverageCurve.of(state, audit.items().length, state.plan().risk()).stream()
        .map(
            point ->
                new RoundFacts.AuditedPoint(
                    point.labels(),
                    point.accuracyAtLeast(),
                    point.accuracyExpected(),
                    point.accuracyAtMost()))
        .toList();
  }

  private static RoundFacts.AuditFacts of(AuditLook look, int accepted) {
    CampaignState.AuditInProgress audit = look.audit();
    AuditReport report = look.report();
    int shown =
        report.certified() >= 0
            ? report.certified()
            : report.aim() >= 0 ? report.aim() : report.sets().size() - 1;
    AuditReport.CandidateSet set = report.sets().get(shown);
    return new RoundFacts.AuditFacts(
        audit.state().plan().target(),
        audit.state().plan().risk(),
        report.decision().name(),
        set.population(),
        set.drawn(),
        report.answered(),
        set.wrong(),
        set.lost(),
        set.accuracyAtLeast(),
        AccuracyMonitor.accuracyAtMost(
            audit.state(), shown, audit.state().plan().rungs().get(shown).riskShare()),
        set.accuracyExpected(),
        accepted,
        audit.seed(),
        curve(audit));
  }
}
