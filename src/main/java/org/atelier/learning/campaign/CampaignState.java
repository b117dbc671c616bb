package org.atelier.learning.campaign;

import java.util.List;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.EarlyDesign;
import org.atelier.learning.certify.RiskBudget;
import org.atelier.learning.certify.Strata;

/**
 * All that a campaign remembers between turns; plain data, fit for JSON. Human labels are not part
 * of it: they come with every turn as {@link Evidence}.
 *
 * @param phase where it stands
 * @param round rounds finished
 * @param outstanding asked items that have not been answered yet
 * @param risk what is left of δ
 * @param audit the audit under way, null outside {@link Phase#AUDITING}
 * @param accepted sets of machine labels accepted so far, disjoint
 * @param auditAnswers answers spent on audits so far
 * @param forecasts forecast of certified labels, one per round since the last acceptance
 * @param predictions what recent models said about items before people labelled them
 * @param stop why it ended, null before
 * @param progress the most that rounds have reached, null before the first
 * @param known items of the pool when the newest audit was opened: those from this number on were
 *     added later and were candidates of none; 0 before an audit
 * @param labelled human labels that the newest round learned from, 0 before the first
 * @param kinds kind of each item of the pool by what the newest round's model said, which decides
 *     how often it is drawn early ({@link EarlyDesign}); null before the first round and where
 *     nothing is drawn early. Items behind its end were added later
 */
public record CampaignState(
    Phase phase,
    int round,
    List<Directive.Ask> outstanding,
    RiskBudget risk,
    AuditInProgress audit,
    List<AcceptedSet> accepted,
    int auditAnswers,
    List<Integer> forecasts,
    List<Prediction> predictions,
    StopReason stop,
    Progress progress,
    int known,
    int labelled,
    byte[] kinds) {
  /** Where a campaign stands. */
  public enum Phase {
    /** Nobody has been asked yet. */
    START,
    /** People label; when they are done the next round trains. */
    LABELING,
    /** People check a sample of the machine labels about to be accepted. */
    AUDITING,
    /** Over. */
    DONE
  }

  /** Copies. */
  public CampaignState {
    outstanding = List.copyOf(outstanding);
    accepted = List.copyOf(accepted);
    forecasts = List.copyOf(forecasts);
    predictions = List.copyOf(predictions);
  }

  /**
   * What a model said about an item that people were then asked about.
   *
   * @param round round of the model
   * @param label predicted classes, ascending
   * @param certainty log odds of being right as the model saw them
   */
  public record Prediction(int round, int item, int[] label, float certainty) {}

  /**
   * Frozen candidates and the audit of them.
   *
   * @param items item numbers of the candidates
   * @param labels machine label of each, ascending class numbers
   * @param errors estimated probability that it is wrong, what the strata are cut by
   * @param certainties how sure the model was, log odds
   * @param nested sizes of the nested candidate sets
   * @param seed seed of strata and draws
   * @param grant index of the grant in the risk budget
   * @param state draws and outcomes
   * @param kinds kind of each, by which it may have been drawn early; null where nothing is
   */
  public record AuditInProgress(
      int[] items,
      int[][] labels,
      float[] errors,
      float[] certainties,
      List<Integer> nested,
      long seed,
      int grant,
      AuditState state,
      byte[] kinds) {
    AuditInProgress with(AuditState next) {
      return new AuditInProgress(
          items, labels, errors, certainties, nested, seed, grant, next, kinds);
    }

    Strata strata() {
      return AuditTurn.strata(errors, nested, kinds, seed);
    }
  }

  /**
   * Machine labels that one audit certified.
   *
   * @param round round of the acceptance
   * @param items item numbers, audited ones not among them
   * @param labels label of each
   * @param errors estimated probability that it is wrong
   * @param lower certified lower bound of their accuracy
   * @param estimate forecast of their accuracy after the audit
   * @param audited items the audit drew
   */
  public record AcceptedSet(
      int round,
      int[] items,
      int[][] labels,
      float[] errors,
      double lower,
      double estimate,
      int audited) {}

  /** A campaign before its first turn. */
  public static CampaignState start(CampaignSettings settings) {
    return start(settings, settings.scope() == CampaignSettings.Scope.DATASET);
  }

  /**
   * As {@link #start(CampaignSettings)}.
   *
   * @param wholeDataset whether a promise about the whole dataset may come later, so that a part of
   *     the risk is kept for human error
   */
  public static CampaignState start(CampaignSettings settings, boolean wholeDataset) {
    return new CampaignState(
        Phase.START,
        0,
        List.of(),
        RiskBudget.usual(settings.risk(), wholeDataset),
        null,
        List.of(),
        0,
        List.of(),
        List.of(),
        null,
        null,
        0,
        0,
        null);
  }

  CampaignState waitingFor(List<Directive.Ask> asks) {
    return new CampaignState(
        phase == Phase.START ? Phase.LABELING : phase,
        round,
        asks,
        risk,
        audit,
        accepted,
        auditAnswers,
        forecasts,
        predictions,
        stop,
        progress,
        known,
        labelled,
        kinds);
  }

  CampaignState stoppedFor(StopReason reason) {
    return new CampaignState(
        Phase.DONE,
        round,
        List.of(),
        risk,
        audit,
        accepted,
        auditAnswers,
        forecasts,
        predictions,
        reason,
        progress,
        known,
        labelled,
        kinds);
  }

  CampaignState learned(
      List<Integer> nextForecasts,
      List<Prediction> nextPredictions,
      Progress nextProgress,
      int nextLabelled) {
    return new CampaignState(
        Phase.LABELING,
        round + 1,
        List.of(),
        risk,
        null,
        accepted,
        auditAnswers,
        nextForecasts,
        nextPredictions,
        null,
        nextProgress,
        known,
        nextLabelled,
        kinds);
  }

  CampaignState remembering(List<Prediction> nextPredictions) {
    return new CampaignState(
        phase,
        round,
        outstanding,
        risk,
        audit,
        accepted,
        auditAnswers,
        forecasts,
        nextPredictions,
        stop,
        progress,
        known,
        labelled,
        kinds);
  }

  CampaignState auditing(AuditInProgress next, RiskBudget nextRisk, int answers) {
    return new CampaignState(
        Phase.AUDITING,
        round,
        outstanding,
        nextRisk,
        next,
        accepted,
        answers,
        forecasts,
        predictions,
        null,
        progress,
        known,
        labelled,
        kinds);
  }

  /** With the number of items of the pool that an audit was opened on. */
  CampaignState knowing(int items) {
    return new CampaignState(
        phase,
        round,
        outstanding,
        risk,
        audit,
        accepted,
        auditAnswers,
        forecasts,
        predictions,
        stop,
        progress,
        items,
        labelled,
        kinds);
  }

  /** With the kinds by which items are drawn early until the next round. */
  CampaignState drawingBy(byte[] nextKinds) {
    return new CampaignState(
        phase,
        round,
        outstanding,
        risk,
        audit,
        accepted,
        auditAnswers,
        forecasts,
        predictions,
        stop,
        progress,
        known,
        labelled,
        nextKinds);
  }

  /** The kinds of some items, in their order; all alike while no round has told them apart. */
  public byte[] kindsOf(int[] items) {
    byte[] some = new byte[items.length];
    for (int i = 0; i < items.length; i++) {
      some[i] = kinds != null && items[i] < kinds.length ? kinds[items[i]] : 0;
    }
    return some;
  }

  CampaignState audited(
      RiskBudget nextRisk, List<AcceptedSet> sets, List<Prediction> nextPredictions) {
    return new CampaignState(
        Phase.LABELING,
        round,
        List.of(),
        nextRisk,
        null,
        sets,
        auditAnswers,
        List.of(),
        nextPredictions,
        null,
        progress,
        known,
        labelled,
        kinds);
  }

  /** The same after a stop, for a pool that has grown since. */
  public CampaignState goingOn() {
    return new CampaignState(
        Phase.LABELING,
        round,
        List.of(),
        risk,
        null,
        accepted,
        auditAnswers,
        List.of(),
        predictions,
        null,
        null,
        known,
        labelled,
        kinds);
  }

  /** Machine labels accepted so far. */
  public int machineLabels() {
    return accepted.stream().mapToInt(set -> set.items().length).sum();
  }
}
