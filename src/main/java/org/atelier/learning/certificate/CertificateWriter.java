package org.atelier.learning.certificate;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.VersionView;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobNumbers;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobView;
import org.atelier.labeling.Jobs;
import org.atelier.labeling.LearningBridge;
import org.atelier.labeling.SecondAnswers;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.loop.LearnerRow;
import org.atelier.learning.loop.LearningLoop;
import org.atelier.learning.loop.RoundFacts;
import org.atelier.learning.loop.RoundRow;
import org.atelier.learning.pool.FeatureService;

/** Gathers what a certificate says. */
@Singleton
class CertificateWriter {

  private static final String RIGHT =
      "A label is right when it equals what the consolidated, blind answers of people to the item"
          + " are or would be; for several labels per item the exact set.";
  private static final String METHOD =
      "Random audits, stratified by predicted error and drawn without replacement, of exactly the"
          + " labels about to be accepted; accepted when a test martingale rejects every number of"
          + " errors above the allowed one at its share of the risk, at any time (Ville's"
          + " inequality; Waudby-Smith and Ramdas 2024, doi:10.1093/jrsssb/qkad009, for finite"
          + " populations). The risk is split over all audits of the job, human error and the watch"
          + " after acceptance by a union bound.";

  private static final double ROUNDING = 1e-9;

  private static final String NARROWED =
      "Labels of the model were accepted for a promise about the whole dataset, which can no longer be"
          + " given because people differ too often. For the model's labels alone %.1f %% is"
          + " certified and %.1f %% was asked for.";

  private final Jobs jobs;
  private final Datasets datasets;
  private final LearningBridge bridge;
  private final SecondAnswers secondAnswers;
  private final JobNumbers numbers;
  private final LearningLoop loop;
  private final FeatureService features;

  CertificateWriter(
      Jobs jobs,
      Datasets datasets,
      LearningBridge bridge,
      SecondAnswers secondAnswers,
      JobNumbers numbers,
      LearningLoop loop,
      FeatureService features) {
    this.jobs = jobs;
    this.datasets = datasets;
    this.bridge = bridge;
    this.secondAnswers = secondAnswers;
    this.numbers = numbers;
    this.loop = loop;
    this.features = features;
  }

  /**
   * Writes the certificate of a job that is about to be completed.
   *
   * @param resultVersion version of its dataset that has the labels
   */
  Certificate write(UUID projectId, UUID jobId, int resultVersion, Instant now) {
    JobView job = jobs.job(projectId, jobId);
    JobSettings settings = job.settings();
    Optional<LearnerRow> learner = loop.learner(jobId);
    List<RoundRow> rounds = learner.isEmpty() ? List.of() : loop.rounds(jobId);
    Certificate.Counts counts = counts(job);
    List<Certificate.Audit> audits = audits(rounds);
    Certificate.HumanError humanError = humanError(jobId, settings.learning().risk());
    Certificate.Guarantee guarantee =
        guarantee(settings, learner, counts, audits, humanError, scopeNote(rounds));
    return new Certificate(
        Certificate.FORMAT,
        sentence(counts, guarantee, accepted(audits)),
        new Certificate.Job(
            jobId,
            settings.title(),
            projectId,
            job.startedAt(),
            now,
            job.seed(),
            settings.answering().perItem(),
            settings.answering().method(),
            learner.map(LearnerRow::phaseReason).orElse(job.byHandReason()),
            learner.map(CertificateWriter::start).orElse(null)),
        data(job, resultVersion),
        counts,
        guarantee,
        audits,
        watch(rounds),
        humanError,
        models(rounds),
        learner
            .map(LearnerRow::featureSetId)
            .map(features::describe)
            .map(
                one -> new Certificate.Features(one.text(), one.recipeDigest(), one.valuesDigest()))
            .orElse(null),
        now);
  }

  private static Certificate.Start start(LearnerRow learner) {
    return learner.startModelSha256() == null
        ? null
        : new Certificate.Start(
            learner.startJobId(), learner.startRound(), learner.startModelSha256());
  }

  private Certificate.Data data(JobView job, int resultVersion) {
    UUID dataset = job.settings().datasetId();
    int number = job.settings().datasetVersion();
    VersionView version = datasets.version(job.projectId(), dataset, number);
    VersionView result = datasets.version(job.projectId(), dataset, resultVersion);
    return new Certificate.Data(
        dataset,
        datasets.dataset(job.projectId(), dataset).name(),
        number,
        version.digest(),
        resultVersion,
        result.digest());
  }

  private Certificate.Counts counts(JobView job) {
    JobNumbers.Progress progress = numbers.progress(job.id());
    int human = (int) progress.human();
    int machine = (int) progress.machine();
    int items = Math.max(job.items(), human + machine);
    return new Certificate.Counts(
        items,
        human,
        machine,
        items - human - machine,
        progress.answers(),
        numbers.simulatedAnswers(job.id()));
  }

  private static List<Certificate.Audit> audits(List<RoundRow> rounds) {
    return rounds.stream()
        .filter(round -> round.facts().audit() != null)
        .map(
            round -> {
              RoundFacts.AuditFacts audit = round.facts().audit();
              return new Certificate.Audit(
                  round.number(),
                  audit.target(),
                  audit.risk(),
                  audit.candidates(),
                  audit.drawn(),
                  audit.wrong(),
                  audit.lost(),
                  audit.accepted(),
                  audit.accuracyAtLeast(),
                  audit.accuracyExpected(),
                  audit.seed());
            })
        .toList();
  }

  private static Certificate.Watch watch(List<RoundRow> rounds) {
    return rounds.isEmpty() || rounds.get(rounds.size() - 1).facts().watch() == null
        ? null
        : watch(rounds.get(rounds.size() - 1).facts().watch());
  }

  private static Certificate.Watch watch(RoundFacts.WatchFacts watch) {
    return new Certificate.Watch(
        watch.answered(), watch.wrong(), watch.supportedAtRisk(), watch.accuracyAtMost());
  }

  private static Certificate.Guarantee guarantee(
      JobSettings settings,
      Optional<LearnerRow> learner,
      Certificate.Counts counts,
      List<Certificate.Audit> audits,
      Certificate.HumanError humanError,
      String scopeNote) {
    double target = settings.learning().target();
    boolean whole =
        settings.learning().scope() == GuaranteeScope.DATASET && humanError.differAtMost() != null;
    Double lower = mean(audits, true);
    String withdrawn = learner.map(LearnerRow::withdrawnWhy).orElse(null);
    if (withdrawn == null && !whole && lower != null && lower < target - ROUNDING) {
      withdrawn = NARROWED.formatted(100 * Bounds.down(lower), 100 * target);
    }
    boolean bounded = withdrawn == null && counts.machine() > 0;
    Double together =
        bounded && whole
            ? wholeAtLeast(counts, humanError.differAtMost(), lower, accepted(audits))
            : null;
    return new Certificate.Guarantee(
        state(withdrawn, counts, together != null && together < target),
        target,
        settings.learning().risk(),
        whole ? GuaranteeScope.DATASET.name() : GuaranteeScope.MACHINE.name(),
        scopeNote,
        bounded ? lower : null,
        bounded ? mean(audits, false) : null,
        together,
        RIGHT,
        METHOD,
        withdrawn);
  }

  private static Certificate.State state(
      String withdrawn, Certificate.Counts counts, boolean tooLow) {
    if (withdrawn != null) {
      return Certificate.State.WITHDRAWN;
    }
    if (counts.machine() == 0) {
      return Certificate.State.PEOPLE_ONLY;
    }
    return tooLow ? Certificate.State.SHORT_OF_TARGET : Certificate.State.CERTIFIED;
  }

  /**
   * Share of right labels among human and machine labels together, at least. Labels that left the
   * accepted ones since are taken for right ones, so that all errors stay with the others.
   *
   * @param machine share of the accepted labels that are right, at least
   */
  static double wholeAtLeast(
      Certificate.Counts counts, double differAtMost, double machine, long accepted) {
    double wrong = accepted * (1 - machine);
    double right = counts.human() * (1 - differAtMost) + Math.max(0, counts.machine() - wrong);
    return right / Math.max(1, counts.human() + counts.machine());
  }

  private static long accepted(List<Certificate.Audit> audits) {
    return audits.stream().mapToLong(Certificate.Audit::accepted).sum();
  }

  private static String scopeNote(List<RoundRow> rounds) {
    return rounds.isEmpty() ? null : rounds.get(rounds.size() - 1).facts().scopeNote();
  }

  /** Over all accepted labels; their sets are disjoint, so bounds add up by their sizes. */
  private static Double mean(List<Certificate.Audit> audits, boolean lower) {
    double right = 0;
    long accepted = 0;
    for (Certificate.Audit audit : audits) {
      double accuracy = lower ? audit.accuracyAtLeast() : audit.accuracyExpected();
      right += audit.accepted() * accuracy;
      accepted += audit.accepted();
    }
    return accepted == 0 ? null : right / accepted;
  }

  private Certificate.HumanError humanError(UUID jobId, double risk) {
    LearningBridge.Repeats repeats = bridge.repeats(jobId);
    SecondAnswers.Found twice = secondAnswers.of(jobId);
    long labels = repeats.labels() + repeats.unchecked();
    long pairs = repeats.checked() - repeats.missing();
    Double atMost = pairs == 0 ? null : WholeDataset.humanError(repeats, risk).upper();
    return new Certificate.HumanError(
        repeats.checked(),
        pairs,
        pairs - repeats.differing(),
        repeats.share(),
        atMost,
        labels,
        repeats.unchecked(),
        twice.items(),
        pairs == 0 ? Unmeasured.why(repeats.checked(), twice) : null);
  }

  private static List<Certificate.Model> models(List<RoundRow> rounds) {
    return rounds.stream()
        .filter(round -> round.modelSha256() != null)
        .map(
            round ->
                new Certificate.Model(
                    round.number(),
                    round.modelSha256(),
                    round.facts().model(),
                    trainedOn(round.facts())))
        .toList();
  }

  /** Human labels a round's model learned from. */
  private static int trainedOn(RoundFacts facts) {
    RoundFacts.Training training = facts.training();
    return training == null || training.humanLabels() == null
        ? facts.humanLabels()
        : training.humanLabels();
  }

  /** What the bound is about: all that was accepted, whatever became of it since. */
  private static String certified(Certificate.Counts counts, long accepted) {
    return accepted == counts.machine()
        ? "the model's labels"
        : "the %,d labels accepted from the model (%,d of them looked at by people, or deleted, since)"
            .formatted(accepted, accepted - counts.machine());
  }

  /**
   * @param accepted machine labels that audits certified; people may have looked at some again
   */
  static String sentence(
      Certificate.Counts counts, Certificate.Guarantee guarantee, long accepted) {
    String said = said(counts, guarantee, accepted);
    return counts.rehearsal() + said;
  }

  private static String unpromised(int machine) {
    return switch (machine) {
      case 0 -> "";
      case 1 -> " Nothing is promised about the model's label.";
      default -> " Nothing is promised about the model's %,d labels.".formatted(machine);
    };
  }

  private static String said(
      Certificate.Counts counts, Certificate.Guarantee guarantee, long accepted) {
    String who =
        "%,d of %,d items were labelled by people and %,d by the model."
            .formatted(counts.human(), counts.items(), counts.machine());
    return switch (guarantee.state()) {
      case PEOPLE_ONLY -> who + " No label of the model had to be certified.";
      case WITHDRAWN ->
          who
              + " The certificate was withdrawn: "
              + guarantee.withdrawnWhy()
              + unpromised(counts.machine());
      case CERTIFIED ->
          guarantee.wholeAtLeast() != null
              ? who
                  + " With probability %.0f %% at least %.1f %% of all labels are right (promised: %.1f %%)."
                      .formatted(
                          100 * (1 - guarantee.risk()),
                          100 * Bounds.down(guarantee.wholeAtLeast()),
                          100 * guarantee.target())
              : who
                  + " With probability %.0f %% at least %.1f %% of %s are right (promised: %.1f %%)."
                      .formatted(
                          100 * (1 - guarantee.risk()),
                          100 * Bounds.down(guarantee.accuracyAtLeast()),
                          certified(counts, accepted),
                          100 * guarantee.target());
      case SHORT_OF_TARGET ->
          who
              + " At least %.1f %% of the whole dataset is shown to be right, less than the %.1f %% asked for."
                  .formatted(100 * Bounds.down(guarantee.wholeAtLeast()), 100 * guarantee.target());
    };
  }
}
