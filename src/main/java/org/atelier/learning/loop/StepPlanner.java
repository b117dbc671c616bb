package org.atelier.learning.loop;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobView;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.model.Learner;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.platform.Sha256;

/** Computes what a step of a loop does, without doing it. */
@Singleton
class StepPlanner {

  private final EvidenceReader evidence;
  private final EarlyDraws early;
  private final StoredJson stored;
  private final ModelStore models;
  private final FeatureService features;
  private final Clock clock;

  StepPlanner(
      EvidenceReader evidence,
      EarlyDraws early,
      StoredJson stored,
      ModelStore models,
      FeatureService features,
      Clock clock) {
    this.evidence = evidence;
    this.early = early;
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
    boolean labels = before != null && before.phase() == CampaignState.Phase.LABELING;
    if (labels) {
      early.forget(job.id());
    }
    EvidenceReader.Heard heard = evidence.read(job, items, before);
    Optional<String> refusal = LoopRules.refusal(job, heard.human());
    if (refusal.isPresent()) {
      return new Plan(null, null, true, refusal.get());
    }
    boolean warm = row.startModelSha256() != null;
    CampaignSettings settings =
        LoopRules.campaign(job, items.size(), heard.human(), heard.evidence().answers(), warm);
    if (labels) {
      int[] open = Campaign.open(settings, before, heard.evidence());
      long seed = EarlyDraws.seed(job.seed(), row.step(), read);
      early.offer(job.id(), items, open, before.kindsOf(open), seed);
    }
    RoundTrace trace = new RoundTrace(items, heard.evidence().labels());
    Learner model = learner.get();
    Campaign campaign = new Campaign(settings, model, System::nanoTime, trace);
    Campaign.Turn turn =
        campaign.step(before == null ? beginning(job, settings) : before, heard.evidence());
    Watch watch = state == null ? null : state.watch();
    int asked = turn.directive().asks().size();
    Watching.Result watched =
        Watching.turn(watch, turn.state(), settings, heard, asked, job.seed());
    StepTaken taken =
        new StepTaken(job, settings, items, heard, before, previous, turn, watched, trace, model);
    StepDocument document = taken.document(row.datasetVersion());
    return taken.isIdle()
        ? new Plan(null, document, true, null)
        : new Plan(step(row, taken, document, read), document, false, null);
  }

  private StepRow step(LearnerRow row, StepTaken taken, StepDocument document, Instant read) {
    CampaignState campaign = taken.turn().state();
    return new StepRow(
        row.jobId(),
        row.step(),
        campaign.round(),
        phase(campaign, document.directive()),
        stored.put(document),
        stored.put(new LoopState(campaign, taken.watched().watch())),
        taken.isTrained() ? keep(row, taken) : null,
        read,
        null);
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

  private String keep(LearnerRow row, StepTaken taken) {
    FeatureService.Description read = features.describe(row.featureSetId());
    Learner model = taken.model();
    ModelCard card =
        new ModelCard(
            ModelCard.FORMAT,
            row.jobId(),
            taken.turn().state().round(),
            model.description(),
            training(taken.settings(), taken.heard().evidence()),
            taken.job().settings().classNames(),
            taken.settings().multiLabel(),
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
