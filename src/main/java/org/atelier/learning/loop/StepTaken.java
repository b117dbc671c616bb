package org.atelier.learning.loop;

import java.util.List;
import org.atelier.labeling.JobView;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.certify.MonitorReport;
import org.atelier.learning.model.Learner;
import org.atelier.learning.pool.PoolItems;

/**
 * A turn of a campaign with what led to it, and what pages, queue and certificate are told of it.
 * Pure.
 *
 * @param before the campaign before the turn, null before the first
 * @param previous facts of the round under way, null before the first
 * @param model what was trained, null before the first step
 */
record StepTaken(
    JobView job,
    CampaignSettings settings,
    PoolItems items,
    EvidenceReader.Heard heard,
    CampaignState before,
    RoundFacts previous,
    Campaign.Turn turn,
    Watching.Result watched,
    RoundTrace trace,
    Learner model) {

  /** Whether the turn began a round. */
  boolean isTrained() {
    return trace.trained();
  }

  /** Whether nothing can be done before people answer more. */
  boolean isIdle() {
    CampaignState after = turn.state();
    return turn.directive().waiting()
        && watched.turn() == null
        && before != null
        && after.outstanding().size() == before.outstanding().size()
        && sameAudit(before, after);
  }

  private static boolean sameAudit(CampaignState before, CampaignState after) {
    return before.audit() == null
        ? after.audit() == null
        : after.audit() != null
            && before.audit().state().outcomes().equals(after.audit().state().outcomes());
  }

  /** What is to be done, to be stored before it is. */
  StepDocument document(int datasetVersion) {
    boolean shows = job.settings().answering().showSuggestions();
    return new StepDocument(
        turn.directive(),
        watched.turn(),
        facts(),
        lists(),
        shows ? trace.suggestions(turn.directive().asks()) : List.of(),
        heard.depth().settled() + heard.depth().declined(),
        datasetVersion);
  }

  private RoundLists lists() {
    Directive directive = turn.directive();
    if (isTrained() && directive.report() != null) {
      CampaignState.AuditInProgress audit = turn.state().audit();
      int audited = audit == null ? 0 : audit.items().length;
      return trace.lists(directive.report(), directive.asks(), audited);
    }
    return previous == null ? RandomReserve.of(items, directive, settings.seed()) : null;
  }

  private RoundFacts facts() {
    RoundReport report = turn.directive().report();
    boolean trained = isTrained() && report != null;
    boolean keep = previous != null && !trained;
    return new RoundFacts(
        trained ? training(report) : keep ? previous.training() : null,
        AuditReading.of(before, turn, heard, previous, trained),
        watched.report() == null ? null : watch(watched.watch(), watched.report()),
        human(heard.human()),
        items.size(),
        heard.evidence().labels().size(),
        turn.state().machineLabels(),
        heard.depth().answers(),
        settings.seed(),
        trained ? model.description() : keep ? previous.model() : null,
        LoopRules.scopeNote(job, heard.human()),
        report != null ? report.note() : keep ? previous.note() : null);
  }

  private static RoundFacts.WatchFacts watch(Watch watch, MonitorReport report) {
    return new RoundFacts.WatchFacts(
        watch.drawnBefore() + report.answered(),
        report.wrong(),
        report.remaining(),
        report.supportedAtRisk(),
        report.accuracyAtMost());
  }

  private static RoundFacts.HumanFacts human(HumanError human) {
    return human == null
        ? null
        : new RoundFacts.HumanFacts(
            human.checked(), human.disagreements(), human.lower(), human.upper());
  }

  private RoundFacts.Training training(RoundReport report) {
    return new RoundFacts.Training(
        heard.evidence().labels().size(),
        heard.depth().answers(),
        report.accuracy(),
        report.accuracyItems(),
        report.threshold(),
        report.candidateLabels(),
        report.draws(),
        report.estimate(),
        trace.open(),
        report.curve(),
        report.seconds());
  }
}
