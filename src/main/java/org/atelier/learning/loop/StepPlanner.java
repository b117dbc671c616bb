package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobView;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.certify.MonitorReport;
import org.atelier.learning.model.Learner;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.Sha256;

/** Computes what a step of a loop does, without doing it. */
@Singleton
class StepPlanner {

  private final EvidenceReader evidence;
  private final StoredJson stored;
  private final ModelStore models;
  private final FeatureService features;
  private final Clock clock;

  StepPlanner(
      EvidenceReader evidence,
      StoredJson stored,
      ModelStore models,
      FeatureService features,
      Clock clock) {
    this.evidence = evidence;
    this.stored = stored;
    this.models = models;
    this.features = features;
    this.clock = clock;
  }

  /**
   * A planned step.
   *
   * @param waiting whether nothing can be done before people answer more; then there is no step
   * @param refusal why the job cannot go on as asked, with no step and no document; null when it
   *     can
   */
  record Plan(StepRow step, StepDocument document, boolean waiting, String refusal) {}

  /**
   * Plans the learner's next step.
   *
   * @param previous facts of the round under way, null before the first
   * @param learner trains; null only before the first step, which draws at random
   */
  Plan plan(
      JobView job,
      LearnerRow row,
      RoundFacts previous,
      PoolItems items,
      Supplier<Learner> learner) {
    LoopState state =
        row.stateSha256() == null ? null : stored.get(row.stateSha256(), LoopState.class);
    CampaignState before = state == null ? null : goingOn(state.campaign(), row);
    Instant read = clock.instant();
    EvidenceReader.Heard heard = evidence.read(job, items, before);
    Optional<String> refusal = LoopRules.refusal(job, heard.human());
    if (refusal.isPresent()) {
      return new Plan(null, null, true, refusal.get());
    }
    CampaignSettings settings =
        LoopRules.campaign(
            job,
            items.size(),
            heard.human(),
            heard.evidence().answers(),
            row.startModelSha256() != null);
    RoundTrace trace = new RoundTrace(items, heard.evidence().labels());
    Learner model = learner.get();
    Campaign campaign = new Campaign(settings, model, System::nanoTime, trace);
    Campaign.Turn turn =
        campaign.step(before == null ? beginning(job, settings) : before, heard.evidence());
    Watching.Result watch =
        Watching.turn(
            state == null ? null : state.watch(), turn.state(), settings, heard, job.seed());
    Directive directive = turn.directive();
    LoopState after = new LoopState(turn.state(), watch.watch());
    RoundReport report = trace.trained() ? directive.report() : null;
    RoundFacts facts =
        facts(
            settings,
            LoopRules.scopeNote(job, heard.human()),
            before,
            after,
            turn,
            heard,
            trace,
            previous,
            watch.report(),
            items,
            model);
    RoundLists lists =
        report == null ? null : trace.lists(report, directive.asks(), audited(turn.state()));
    if (previous == null && lists == null) {
      lists = RandomReserve.of(items, directive, settings.seed());
    }
    boolean shows = job.settings().answering().showSuggestions();
    StepDocument document =
        new StepDocument(
            directive,
            watch.turn(),
            facts,
            lists,
            shows ? trace.suggestions(directive.asks()) : List.of(),
            heard.depth().settled() + heard.depth().declined(),
            row.datasetVersion());
    boolean idle = directive.waiting() && watch.turn() == null;
    if (idle
        && before != null
        && turn.state().outstanding().size() == before.outstanding().size()
        && sameAudit(before, turn.state())) {
      return new Plan(null, document, true, null);
    }
    StepRow step =
        new StepRow(
            job.id(),
            row.step(),
            turn.state().round(),
            phase(turn.state(), directive),
            stored.put(document),
            stored.put(after),
            trace.trained() ? keep(job, row, settings, model, heard.evidence(), turn) : null,
            read,
            null);
    return new Plan(step, document, false, null);
  }

  private static CampaignState beginning(JobView job, CampaignSettings settings) {
    boolean whole = job.settings().learning().scope() == GuaranteeScope.DATASET;
    return CampaignState.start(settings, whole);
  }

  /** A campaign that had nothing left goes on when its job took new items in. */
  private static CampaignState goingOn(CampaignState state, LearnerRow row) {
    boolean grown = state.phase() == CampaignState.Phase.DONE && row.phase() == LearnerPhase.ASKING;
    return grown ? state.goingOn() : state;
  }

  private static int audited(CampaignState state) {
    return state.audit() == null ? 0 : state.audit().items().length;
  }

  private static boolean sameAudit(CampaignState before, CampaignState after) {
    return before.audit() == null
        ? after.audit() == null
        : after.audit() != null
            && before.audit().state().outcomes().equals(after.audit().state().outcomes());
  }

  private static LearnerPhase phase(CampaignState state, Directive directive) {
    if (directive.stop() != null) {
      return LearnerPhase.WATCHING;
    }
    return switch (state.phase()) {
      case START -> LearnerPhase.STARTING;
      case LABELING -> state.round() == 0 ? LearnerPhase.STARTING : LearnerPhase.ASKING;
      case AUDITING -> LearnerPhase.AUDITING;
      case DONE -> LearnerPhase.WATCHING;
    };
  }

  private static RoundFacts facts(
      CampaignSettings settings,
      String scopeNote,
      CampaignState before,
      LoopState after,
      Campaign.Turn turn,
      EvidenceReader.Heard heard,
      RoundTrace trace,
      RoundFacts previous,
      MonitorReport watch,
      PoolItems items,
      Learner model) {
    RoundReport report = turn.directive().report();
    boolean trained = trace.trained() && report != null;
    boolean keep = previous != null && !trained;
    return new RoundFacts(
        trained ? training(report, trace, heard) : keep ? previous.training() : null,
        AuditReading.of(before, turn, heard, previous, trained),
        watch == null ? null : watch(after.watch(), watch),
        human(heard.human()),
        items.size(),
        heard.evidence().labels().size(),
        after.campaign().machineLabels(),
        heard.depth().answers(),
        settings.seed(),
        trained ? model.description() : keep ? previous.model() : null,
        scopeNote,
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

  private static RoundFacts.Training training(
      RoundReport report, RoundTrace trace, EvidenceReader.Heard heard) {
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

  private String keep(
      JobView job,
      LearnerRow row,
      CampaignSettings settings,
      Learner model,
      Evidence evidence,
      Campaign.Turn turn) {
    FeatureService.Description read = features.describe(row.featureSetId());
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT,
            job.id(),
            turn.state().round(),
            model.description(),
            training(settings, evidence),
            job.settings().classNames(),
            settings.multiLabel(),
            read.columns(),
            read.text(),
            read.recipeDigest(),
            read.learnedDigest());
    return models.put(card, model.encode());
  }

  private static String training(CampaignSettings settings, Evidence evidence) {
    MessageDigest digest = Sha256.create();
    evidence.labels().stream()
        .sorted(java.util.Comparator.comparingInt(Evidence.Labeled::item))
        .forEach(
            label ->
                digest.update(
                    (label.item() + ":" + Arrays.toString(label.classes()) + "\n")
                        .getBytes(StandardCharsets.UTF_8)));
    return "seed %d; %d human labels, digest %s"
        .formatted(
            settings.seed(), evidence.labels().size(), HexFormat.of().formatHex(digest.digest()));
  }
}
