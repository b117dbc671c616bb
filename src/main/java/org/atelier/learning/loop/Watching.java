package org.atelier.learning.loop;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.certify.AccuracyMonitor;
import org.atelier.learning.certify.Audit;
import org.atelier.learning.certify.AuditPlan;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.Draw;
import org.atelier.learning.certify.MonitorReport;
import org.atelier.learning.certify.Outcome;
import org.atelier.learning.certify.RiskBudget;
import org.atelier.learning.certify.Strata;

/**
 * Keeps watch over accepted machine labels by a thin random audit. Pure.
 *
 * <p>Each acceptance begins a new watch over all labels accepted so far, as soon as no draw of the
 * one before waits for its answer; the k-th watch (k from 1) has 2^−k of the monitor's share of the
 * risk, so that all of them together stay within it. It starts at the risk at which the labels
 * stood then: the largest of the acceptances, or that of the watch before where it was larger.
 */
final class Watching {

  private static final double THIN = 0.04;
  private static final int FIRST_DRAWS = 10;
  private static final int FEWEST_DRAWS = 5;
  private static final int DRAWS_IN_DOUBT = 25;
  private static final double LARGEST_RISK = Math.nextDown(1.0);

  private Watching() {}

  /**
   * The watch after a look, and what it wants done.
   *
   * @param turn null when there is nothing to do
   * @param report how the accepted labels stand, null before the first acceptance and after a
   *     withdrawal
   */
  record Result(Watch watch, WatchTurn turn, MonitorReport report) {}

  /**
   * Takes a look.
   *
   * @param before the watch so far, null before the first acceptance
   * @param campaign the campaign after its turn. While it goes on, a few labels are drawn at every
   *     look; when it has ended, as many as keep pace with what people still label, and at least
   *     once for every acceptance. While audit and watch together support the target at a larger
   *     risk than was allowed, labels are drawn until they support it again or the certificate is
   *     withdrawn, as far as the budget goes
   * @param asked items that the campaign asks people about in the same step; they come first
   */
  static Result turn(
      Watch before,
      CampaignState campaign,
      CampaignSettings settings,
      EvidenceReader.Heard heard,
      int asked,
      long seed) {
    if (campaign.accepted().isEmpty() || (before != null && before.withdrawn())) {
      return new Result(before, null, null);
    }
    Map<Integer, Evidence.Labeled> said = new HashMap<>();
    heard.evidence().labels().forEach(label -> said.put(label.item(), label));
    Watch watch = before == null ? null : before.with(heard(before, said, heard));
    MonitorReport report = watch == null ? null : assess(watch);
    if (report != null && report.withdrawn()) {
      return withdrawn(watch, report, settings);
    }
    if (watch == null
        || (watch.sets() < campaign.accepted().size() && watch.state().waiting() == 0)) {
      if (isAllSaid(campaign, said)) {
        return new Result(before, null, null);
      }
      watch = begin(watch, report, campaign, settings, said, seed);
      report = assess(watch);
    }
    boolean inDoubt = report.supportedAtRisk() > settings.risk();
    if (watch.state().waiting() > 0 || !(inDoubt || isDue(watch, campaign, settings, heard))) {
      return new Result(watch, null, report);
    }
    int fewest =
        inDoubt ? DRAWS_IN_DOUBT : watch.state().draws().isEmpty() ? FIRST_DRAWS : FEWEST_DRAWS;
    int count = Math.max(fewest, thin(settings.batch()));
    return draw(watch, Math.min(count, affordable(settings, heard, asked)), report);
  }

  /** Most items that a look draws where a round asks so many. */
  static int mostDraws(int batch) {
    return Math.max(DRAWS_IN_DOUBT, thin(batch));
  }

  private static int thin(int batch) {
    return (int) Math.ceil(THIN * batch);
  }

  private static MonitorReport assess(Watch watch) {
    double falseAlarm = watch.state().plan().risk();
    return AccuracyMonitor.assess(watch.state(), watch.acceptanceRisk(), falseAlarm);
  }

  private static Result withdrawn(Watch watch, MonitorReport report, CampaignSettings settings) {
    int[] reopened = reopened(watch, report, strata(watch));
    return new Result(
        watch.asWithdrawn(), new WatchTurn(new int[0], reopened, why(report, settings)), report);
  }

  /**
   * Whether to draw again: always while the campaign has items to ask about and once after every
   * acceptance; later only while people have other items and the draws are less than a thin part of
   * what they said, so that the job can end.
   */
  private static boolean isDue(
      Watch watch, CampaignState campaign, CampaignSettings settings, EvidenceReader.Heard heard) {
    boolean goesOn =
        campaign.stop() == null && Campaign.open(settings, campaign, heard.evidence()).length > 0;
    if (goesOn || watch.state().draws().isEmpty()) {
      return true;
    }
    int drawn = watch.drawnBefore() + watch.state().draws().size();
    double most = FIRST_DRAWS * watch.sets() + THIN * heard.evidence().labels().size();
    return heard.depth().open() > 0 && drawn < most;
  }

  private static int affordable(CampaignSettings settings, EvidenceReader.Heard heard, int asked) {
    int left = (settings.budget() - heard.evidence().answers()) / settings.answersPerItem();
    return Math.max(0, left - asked);
  }

  private static Result draw(Watch watch, int count, MonitorReport report) {
    int first = watch.state().draws().size();
    AuditState drawn = Audit.draw(watch.state(), strata(watch), 0, count);
    List<Draw> fresh = drawn.draws().subList(first, drawn.draws().size());
    if (fresh.isEmpty()) {
      return new Result(watch, null, report);
    }
    int[] asks = fresh.stream().mapToInt(draw -> watch.rows()[draw.item()]).toArray();
    return new Result(watch.with(drawn), new WatchTurn(asks, new int[0], null), report);
  }

  /** Whether people labelled all that was accepted, so that nothing is left to watch. */
  private static boolean isAllSaid(CampaignState campaign, Map<Integer, Evidence.Labeled> said) {
    return campaign.accepted().stream()
        .flatMapToInt(set -> Arrays.stream(set.items()))
        .allMatch(said::containsKey);
  }

  /** What the watch before left in doubt stays in doubt: its labels are watched on. */
  private static Watch begin(
      Watch before,
      MonitorReport stood,
      CampaignState campaign,
      CampaignSettings settings,
      Map<Integer, Evidence.Labeled> said,
      long seed) {
    int all = campaign.machineLabels();
    int[] rows = new int[all];
    int[][] labels = new int[all][];
    float[] errors = new float[all];
    int count = 0;
    for (CampaignState.AcceptedSet set : campaign.accepted()) {
      for (int i = 0; i < set.items().length; i++) {
        if (!said.containsKey(set.items()[i])) {
          rows[count] = set.items()[i];
          labels[count] = set.labels()[i];
          errors[count++] = set.errors()[i];
        }
      }
    }
    int sets = campaign.accepted().size();
    RiskBudget risk = campaign.risk();
    double granted =
        risk.grants().stream().mapToDouble(RiskBudget.Grant::share).max().orElse(risk.delta());
    boolean stands = stood != null && stood.remaining() > 0;
    double acceptanceRisk =
        stands ? Math.max(granted, Math.min(stood.supportedAtRisk(), LARGEST_RISK)) : granted;
    Watch watch =
        new Watch(
            Arrays.copyOf(rows, count),
            Arrays.copyOf(labels, count),
            Arrays.copyOf(errors, count),
            seed * 31 + sets,
            acceptanceRisk,
            sets,
            before == null ? 0 : before.drawnBefore() + before.state().answeredPrefix(),
            null,
            false);
    double share = risk.monitorShare() * Math.pow(0.5, sets);
    AuditPlan plan = AuditPlan.of(strata(watch), target(settings, campaign), share, watch.seed());
    return watch.with(AuditState.start(plan));
  }

  /** For the whole dataset: what was certified for the machine's part, at the least. */
  private static double target(CampaignSettings settings, CampaignState campaign) {
    if (settings.scope() == CampaignSettings.Scope.MACHINE) {
      return settings.target();
    }
    return campaign.accepted().stream()
        .mapToDouble(CampaignState.AcceptedSet::lower)
        .min()
        .orElse(settings.target());
  }

  private static Strata strata(Watch watch) {
    double[] errors = new double[watch.errors().length];
    Arrays.setAll(errors, i -> watch.errors()[i]);
    return Strata.of(errors, List.of(), Strata.TYPICAL, watch.seed());
  }

  private static AuditState heard(
      Watch watch, Map<Integer, Evidence.Labeled> said, EvidenceReader.Heard heard) {
    Map<Integer, Outcome> outcomes = new HashMap<>();
    for (Draw draw : watch.state().draws()) {
      if (watch.state().outcomes().get(draw.position()) == Outcome.OPEN) {
        int row = watch.rows()[draw.item()];
        Evidence.Labeled label = said.get(row);
        if (label != null) {
          int[] machine = watch.labels()[draw.item()];
          outcomes.put(draw.position(), label.isBlind() ? label.judge(machine) : Outcome.VOID);
        } else if (heard.lost().contains(row)) {
          outcomes.put(draw.position(), Outcome.LOST);
        }
      }
    }
    return watch.state().with(outcomes);
  }

  private static int[] reopened(Watch watch, MonitorReport report, Strata strata) {
    BitSet rows = new BitSet();
    for (MonitorReport.DoubtfulStratum doubtful : report.doubtful()) {
      for (int i : AccuracyMonitor.reopened(watch.state(), strata, doubtful.stratum())) {
        rows.set(watch.rows()[i]);
      }
    }
    return rows.stream().toArray();
  }

  private static String why(MonitorReport report, CampaignSettings settings) {
    String found =
        "%d of %d labels of the model that were checked after acceptance were wrong; "
            .formatted(report.wrong(), report.answered());
    return report.verdict() == MonitorReport.Verdict.WITHDRAW_SHOWN_BELOW_TARGET
        ? found
            + "at most %.1f %% can be right where %.1f %% was promised."
                .formatted(100 * report.accuracyAtMost(), 100 * settings.target())
        : found
            + "the lower bound that audit and watch give together no longer supports the promised %.1f %%, at any risk."
                .formatted(100 * settings.target());
  }
}
