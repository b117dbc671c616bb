package org.atelier.learning.loop;

import java.util.Map;
import java.util.Optional;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobView;
import org.atelier.labeling.QueueDepth;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.Timing;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.numeric.Processor;

/** When a job learns, with which settings, and when its next step is due. Pure. */
final class LoopRules {

  /** Part of the open tasks that is answered before the next step; people go on with the rest. */
  private static final double ANSWERED_PART = 0.75;

  /**
   * What an early draw is worth in draws of the audit: a part of them falls on items that are no
   * candidates, and the chances are those of an older model (docs/benchmarks-certify.md).
   */
  private static final double EARLY_WORTH = 0.7;

  private LoopRules() {}

  /**
   * Why a job is labelled by hand; empty when it can learn.
   *
   * @param items items of its pool
   */
  static Optional<String> byHandBecause(JobView job, int items) {
    JobSettings settings = job.settings();
    if (!settings.learning().enabled()) {
      return Optional.of("Learning is switched off for this job.");
    }
    long choices = choices(settings);
    if (choices < 2) {
      return Optional.of("With a single label there is nothing to learn.");
    }
    long fewest = CampaignSettings.fewestItems(choices);
    if (items < fewest) {
      return Optional.of(
          "The job has %,d items. Below %,d (%d, and %d for every label) an audit would ask about most of them, so people label all."
              .formatted(
                  items,
                  fewest,
                  CampaignSettings.FEWEST_ITEMS,
                  CampaignSettings.FEWEST_ITEMS_PER_CLASS));
    }
    Integer answers = settings.budget().answers();
    if (answers != null
        && answers / settings.answering().perItem() < CampaignSettings.FEWEST_ITEMS / 2) {
      return Optional.of(
          "The budget of %,d answers is too small for training and an audit.".formatted(answers));
    }
    return Processor.lacking();
  }

  private static long choices(JobSettings settings) {
    java.util.Set<Integer> groups = new java.util.HashSet<>();
    settings.labels().forEach(label -> groups.add(label.parent()));
    long grouping = groups.stream().filter(java.util.Objects::nonNull).count();
    return settings.labels().size() - grouping;
  }

  /**
   * The campaign of a job over a pool of so many items.
   *
   * @param spent single answers given and asked for
   * @param warm whether an earlier model helps: then half the random start is enough
   */
  static CampaignSettings campaign(
      JobView job, int items, HumanError human, int spent, boolean warm) {
    JobSettings settings = job.settings();
    int perItem = settings.answering().perItem();
    long all = (long) items * perItem;
    int budget = budget(job, items);
    CampaignSettings usual =
        CampaignSettings.standard(
            items,
            settings.labels().size(),
            settings.taskType() == org.atelier.labeling.TaskType.MULTI,
            settings.learning().target(),
            settings.learning().risk(),
            spendable(settings, (int) Math.min(all, budget), 0),
            perItem,
            job.seed());
    Map<String, Object> options = settings.learning().options();
    boolean whole = settings.learning().scope() == GuaranteeScope.DATASET && human != null;
    CampaignSettings.Builder asked =
        usual
            .change()
            .budget(spendable(settings, budget, spent))
            .randomStart(warm ? warmStart(usual) : usual.randomStart())
            .batch(batch(settings, usual.batch()))
            .auditBatch(Math.min(usual.auditBatch(), batch(settings, usual.auditBatch())))
            .coverage(number(options, "coverage", usual.coverage()))
            .patience(patience(job));
    if (whole) {
      asked.wholeDataset(human.upper());
    }
    if (settings.budget().rounds() != null) {
      asked.maximumRounds(settings.budget().rounds());
    }
    if (options.get("strategy") instanceof String name) {
      asked.strategy(name);
    }
    return asked.done();
  }

  private static int batch(JobSettings settings, int usual) {
    int asked = settings.learning().batchSize();
    return asked == 0 ? usual : asked;
  }

  /** Items of one round: as many as was wished, else as the budget suggests. */
  private static int batch(JobView job) {
    int perItem = job.settings().answering().perItem();
    long all = (long) job.items() * perItem;
    int most = (int) Math.min(all, budget(job, job.items()));
    int spendable = spendable(job.settings(), most, 0);
    return batch(job.settings(), CampaignSettings.usualBatch(spendable, perItem));
  }

  /** Most answers: twice what one round over all items costs leaves room for second looks. */
  private static int budget(JobView job, int items) {
    Integer most = job.settings().budget().answers();
    long twice = 2L * items * job.settings().answering().perItem();
    return (int) Math.min(Integer.MAX_VALUE, most == null ? twice : Math.min(twice, most));
  }

  /** Never fewer than the labels a model needs at least. */
  private static int warmStart(CampaignSettings usual) {
    int least = Math.max(20, 5 * usual.classes());
    return Math.min(usual.randomStart(), Math.max(least, usual.randomStart() / 2));
  }

  /** Most answers a campaign may count on; checks by a second person come out of the budget too. */
  private static int spendable(JobSettings settings, int budget, int spent) {
    return settings.learning().scope() == GuaranteeScope.DATASET
        ? WholeDataset.spendable(budget, spent, settings.answering().perItem())
        : Math.max(budget, spent);
  }

  /**
   * Why the promise is for the machine labels alone although the whole dataset was asked for; null
   * when it is as asked.
   *
   * @param human null when nothing is answered twice: then it cannot be given
   */
  static String scopeNote(JobView job, HumanError human) {
    if (job.settings().learning().scope() != GuaranteeScope.DATASET) {
      return null;
    }
    return human == null
        ? "Nothing is answered twice, so nobody knows how often people err;"
            + " the promise is for the model's labels alone."
        : null;
  }

  /**
   * Why the job cannot go on as asked: people are shown to agree on fewer items than the whole
   * dataset is to be right on, so that no labels could keep the promise.
   */
  static Optional<String> refusal(JobView job, HumanError human) {
    return job.settings().learning().scope() == GuaranteeScope.DATASET
        ? WholeDataset.refusal(job.settings().learning().target(), human)
            .map(
                why ->
                    why
                        + " What a job promises is fixed: complete this one as it is, or make a new"
                        + " one with a lower target or with the promise for the model's labels"
                        + " alone.")
        : Optional.empty();
  }

  /** Rounds without progress after which a job stops asking by its model. */
  static int patience(JobView job) {
    return (int)
        number(job.settings().learning().options(), "patience", CampaignSettings.USUAL_PATIENCE);
  }

  private static double number(Map<String, Object> options, String key, double usual) {
    return options.get(key) instanceof Number number ? number.doubleValue() : usual;
  }

  /**
   * Whether people may have said something that no step has read. Deleted and sent back items take
   * settled tasks away, so that their number alone does not tell: when tasks were open after the
   * newest step and none is now, they were answered since.
   */
  static boolean isUnread(LearnerRow learner, QueueDepth depth) {
    boolean answered = depth.open() == 0 && learner.openAfterStep() > 0;
    return answered || depth.settled() + depth.declined() > learner.settledAtStep();
  }

  /**
   * Whether people have answered enough for the next step.
   *
   * @param stalled whether nobody answered for a while and nobody who comes would find a task: the
   *     open ones are in the hands of people who left, and nothing waits for them
   */
  static boolean isStepDue(LearnerRow learner, QueueDepth depth, boolean stalled) {
    long settled = depth.settled() + depth.declined();
    long fresh = settled - learner.settledAtStep();
    if (depth.open() == 0) {
      return true;
    }
    double left = (1 - ANSWERED_PART) * learner.openAfterStep();
    boolean enough = fresh >= Math.ceil(ANSWERED_PART * learner.openAfterStep());
    return fresh > 0 && (stalled || enough) || depth.open() <= left;
  }

  /**
   * Below so many free tasks people might soon wait, so more are asked. Whoever works takes several
   * at once, so that many hands need more.
   */
  static int lowWater(JobView job, QueueDepth depth) {
    long usual = Math.max(10, Math.min(200, batch(job) / 10));
    return (int) Math.max(usual, Math.min(1_000, depth.underWay() / 4));
  }

  /** Items that people can still be asked about within the budget, beyond those open now. */
  static long affordable(JobView job, QueueDepth depth) {
    long left = Math.max(0, budget(job, job.items()) - depth.committed());
    int spendable = spendable(job.settings(), (int) left, 0);
    return spendable / job.settings().answering().perItem();
  }

  /**
   * How many items may be asked to keep people busy while the machine computes: one batch a round,
   * as long as the audit can be paid, and beyond it what is not kept for the model and the audit.
   * What the step under way may ask for is always kept: it was planned when that could be paid.
   *
   * @param used items asked so since the last step
   * @param facts what is known of the newest round, null before the first
   */
  static int fillable(JobView job, QueueDepth depth, int used, RoundFacts facts) {
    long affordable = affordable(job, depth);
    boolean limited = job.settings().budget().answers() != null;
    RoundFacts.Training training = facts == null ? null : facts.training();
    long audit = isForecast(training) ? Timing.reserve(training.draws()) : 0;
    long needed = limited ? Math.max(ofTheStep(job, facts), audit) : 0;
    long batch = Math.min(batch(job) - (long) used, affordable - needed);
    long room = Math.max(batch, affordable - kept(job, facts));
    return (int) Math.max(0, Math.min(room, 2L * lowWater(job, depth)));
  }

  /**
   * Items of the budget that only the model and the audit may ask for: half of it before anything
   * is forecast, afterwards what makes the next round open the audit, at most half; never less than
   * a batch. Whoever answers faster than the machine learns gets all the rest: people who wait cost
   * more than labels that a later model would have chosen better.
   */
  private static long kept(JobView job, RoundFacts facts) {
    RoundFacts.Training training = facts == null ? null : facts.training();
    Integer most = job.settings().budget().answers();
    if (most == null) {
      return 0;
    }
    long half = most / job.settings().answering().perItem() / 2;
    long kept =
        isForecast(training)
            ? Math.min(half, batch(job) / 2 + Timing.reserve(training.draws()))
            : half;
    return Math.max(ofTheStep(job, facts), kept);
  }

  /** Most items that a step may ask for: a batch, and the draws of a watch where there is one. */
  private static long ofTheStep(JobView job, RoundFacts facts) {
    int batch = batch(job);
    boolean watched = facts != null && facts.machineLabels() > 0;
    return watched ? batch + Watching.mostDraws(batch) : batch;
  }

  /**
   * How many items may be drawn for an audit that is not opened yet, so that people do not wait for
   * the model. Where the budget leaves the step under way hardly a choice but to open it, they are
   * its draws, and what it is expected to need beyond them stays. Else all that it is expected to
   * need stays, whatever was drawn: they may become mere labels. What the step may ask for always
   * stays; before anything is forecast nothing is drawn where answers are limited.
   *
   * @param drawn items drawn so since the step under way began
   * @param used other items asked since then
   * @param facts what is known of the newest round, null before the first
   */
  static int early(JobView job, QueueDepth depth, int drawn, int used, RoundFacts facts) {
    RoundFacts.Training training = facts == null ? null : facts.training();
    long room = affordable(job, depth);
    if (job.settings().budget().answers() != null) {
      if (!isForecast(training)) {
        return 0;
      }
      long beyondStep = room - ofTheStep(job, facts);
      double asked = room + EARLY_WORTH * drawn - training.draws();
      room =
          isAuditNext(job, room + drawn + used, training.draws())
              ? Math.min(beyondStep, (long) (asked / (1 - EARLY_WORTH) + 1e-6))
              : beyondStep - training.draws();
    }
    return (int) Math.max(0, Math.min(room, 2L * lowWater(job, depth)));
  }

  /** Whether a step opens the audit for want of budget, also where it then needs a quarter less. */
  private static boolean isAuditNext(JobView job, long affordable, int draws) {
    return affordable < batch(job) + Timing.reserve(draws) * 3L / 4;
  }

  private static boolean isForecast(RoundFacts.Training training) {
    return training != null && training.draws() != null;
  }
}
