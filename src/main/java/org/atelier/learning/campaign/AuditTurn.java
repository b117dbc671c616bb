package org.atelier.learning.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atelier.labeling.TaskReason;
import org.atelier.learning.certify.Audit;
import org.atelier.learning.certify.AuditPlan;
import org.atelier.learning.certify.AuditReport;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.Draw;
import org.atelier.learning.certify.Outcome;
import org.atelier.learning.certify.RiskBudget;
import org.atelier.learning.certify.Strata;
import org.atelier.learning.model.Scores;

/** Opens an audit of nested candidate sets, feeds it with answers and carries out its verdict. */
final class AuditTurn {
  static final double GRANT = 0.9;

  private static final String NOT_CERTIFIED =
      "The audit did not certify any of the candidate sets; its answers are kept.";
  private static final String NONE_LEFT =
      "People labelled every candidate before the audit ended, so none is left to the model.";

  private final CampaignSettings settings;

  AuditTurn(CampaignSettings settings) {
    this.settings = settings;
  }

  Campaign.Turn open(
      CampaignState state,
      Candidates candidates,
      Scores scores,
      double allowed,
      Candidates.Forecast forecast,
      int affordable,
      RoundReport report) {
    RiskBudget risk = state.risk().grant(GRANT);
    NestedSets sets = NestedSets.of(candidates, allowed, forecast.size());
    int size = sets.largest();
    int[] items = Arrays.copyOf(candidates.items(), size);
    int[][] labels = new int[size][];
    float[] errors = new float[size];
    float[] certainties = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = scores.label(scores.pool(), items[i]);
      errors[i] = (float) candidates.errors()[i];
      certainties[i] = (float) scores.certainty(scores.pool(), items[i]);
    }
    long seed = settings.seed() * 7919 + state.round();
    byte[] kinds = state.kinds() == null ? null : state.kindsOf(items);
    Strata strata = strata(errors, sets.sizes(), kinds, seed);
    List<Double> risks = sets.risks(risk.newestShare());
    AuditPlan plan = AuditPlan.nested(strata, sets.sizes(), risks, 1 - allowed, seed);
    CampaignState.AuditInProgress audit =
        new CampaignState.AuditInProgress(
            items,
            labels,
            errors,
            certainties,
            sets.sizes(),
            seed,
            risk.grants().size() - 1,
            AuditState.start(plan),
            kinds);
    CampaignState next =
        state.auditing(audit, risk, state.auditAnswers()).knowing(settings.items());
    return draw(next, audit, strata, sets.hoped(), report, affordable);
  }

  /**
   * @param kinds kind of each candidate, null where all are alike
   */
  static Strata strata(float[] errors, List<Integer> nested, byte[] kinds, long seed) {
    double[] wide = new double[errors.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = errors[i];
    }
    byte[] known = kinds == null ? new byte[errors.length] : kinds;
    return Strata.of(wide, nested, Strata.TYPICAL, known, seed);
  }

  Campaign.Turn step(CampaignState state, Situation now) {
    CampaignState.AuditInProgress audit = answered(state.audit(), now.evidence());
    Campaign.Turn again = again(state, audit, now);
    if (again != null) {
      return again;
    }
    Campaign.Turn early = EarlyDraws.take(state, audit, now);
    if (early != null) {
      return early;
    }
    List<Directive.Ask> outstanding = now.outstanding();
    Campaign.Turn waiting =
        new Campaign.Turn(kept(state, audit).waitingFor(outstanding), Directive.await());
    if (unread(audit) > settings.auditBatch() / 2) {
      return waiting;
    }
    int affordable = now.affordable();
    Strata strata = audit.strata();
    BitSet gone = gone(audit, now.evidence());
    AuditReport verdict =
        Audit.evaluate(
            audit.state(), new Audit.Allowance(affordable, 1), counts(audit, strata, gone));
    if (verdict.decision() == AuditReport.Decision.CONTINUE && affordable > 0) {
      return draw(kept(state, audit), audit, strata, verdict.aim(), null, affordable);
    }
    if (!outstanding.isEmpty()) {
      return waiting;
    }
    RiskBudget risk = state.risk().close(audit.grant(), verdict.returnedRisk());
    List<CampaignState.Prediction> said = predictions(state, audit);
    CampaignState.AcceptedSet set =
        verdict.certified() < 0 ? null : accepted(state, audit, strata, verdict, gone);
    if (set == null || set.items().length == 0) {
      CampaignState closed = state.audited(risk, state.accepted(), said);
      String note = set == null ? NOT_CERTIFIED : NONE_LEFT;
      RoundReport report = report(now, audit, verdict, null, 0, note);
      return new Campaign.Turn(closed, Directive.ask(List.of(), report));
    }
    List<CampaignState.AcceptedSet> sets = new ArrayList<>(state.accepted());
    sets.add(set);
    return accept(state.audited(risk, sets, said), set, audit, verdict, now);
  }

  /** Opens another audit where people took many candidates while this one was made; else null. */
  private Campaign.Turn again(
      CampaignState state, CampaignState.AuditInProgress audit, Situation now) {
    BitSet withPeople = gone(audit, now.evidence());
    BitSet drawn = drawn(audit);
    // Early draws stay candidates, whatever became of them: they are draws of the next audit.
    Set<Integer> early = Set.copyOf(now.evidence().early());
    for (int i = drawn.nextClearBit(0); i < audit.items().length; i = drawn.nextClearBit(i + 1)) {
      int item = audit.items()[i];
      if (now.evidence().unanswerable().contains(item) && !early.contains(item)) {
        withPeople.set(i);
      }
    }
    if (now.affordable() < settings.auditBatch() || !CandidatesLeft.isWorthIt(audit, withPeople)) {
      return null;
    }
    AuditReport verdict = look(audit, now.evidence());
    if (verdict.certified() >= 0 && verdict.sets().get(verdict.certified()).remaining() > 0) {
      return null;
    }
    withPeople.or(drawn);
    RiskBudget risk = state.risk().close(audit.grant(), verdict.returnedRisk()).grant(GRANT);
    CampaignState.AuditInProgress next =
        CandidatesLeft.of(audit, withPeople, risk.newestShare(), risk.grants().size() - 1);
    if (next == null) {
      return null;
    }
    CampaignState begun =
        state.remembering(predictions(state, audit)).auditing(next, risk, state.auditAnswers());
    int last = next.nested().size() - 1;
    int aim = verdict.aim() < 0 ? last : Math.min(verdict.aim(), last);
    Strata strata = next.strata();
    return draw(begun, next, strata, aim, null, now.affordable());
  }

  /** How the audit stands with everything people have said; see {@link AuditLook}. */
  static AuditReport look(CampaignState.AuditInProgress answered, Evidence evidence) {
    Strata strata = answered.strata();
    int[] counts = counts(answered, strata, gone(answered, evidence));
    return Audit.evaluate(answered.state(), Audit.Allowance.NONE, counts);
  }

  /**
   * Draws behind the answered ones. Few may be under way when more are drawn, so that nobody waits
   * for the last of a batch; what is drawn then depends on answers known before, as it must.
   */
  private static int unread(CampaignState.AuditInProgress audit) {
    return audit.state().draws().size() - audit.state().answeredPrefix();
  }

  private Campaign.Turn draw(
      CampaignState state,
      CampaignState.AuditInProgress audit,
      Strata strata,
      int aim,
      RoundReport report,
      int affordable) {
    int count = Math.min(affordable, settings.auditBatch());
    int before = audit.state().draws().size();
    AuditState drawn = Audit.draw(audit.state(), strata, aim, audit.nested().size() - 1, count);
    List<Directive.Ask> outstanding = new ArrayList<>();
    for (Draw draw : drawn.draws()) {
      if (drawn.outcomes().get(draw.position()) == Outcome.OPEN) {
        outstanding.add(new Directive.Ask(audit.items()[draw.item()], TaskReason.AUDIT));
      }
    }
    int made = drawn.draws().size() - before;
    List<Directive.Ask> asks = outstanding.subList(outstanding.size() - made, outstanding.size());
    int answers = state.auditAnswers() + made * settings.answersPerItem();
    CampaignState next =
        state.auditing(audit.with(drawn), state.risk(), answers).waitingFor(outstanding);
    return new Campaign.Turn(next, Directive.ask(List.copyOf(asks), report));
  }

  /**
   * The audit with what people said since. An outcome is judged once, by the consolidated label at
   * the look that first sees one, and stays: when more answers change a human label later, training
   * and later draws of the monitor see the new one, but no evidence is taken back.
   */
  static CampaignState.AuditInProgress answered(
      CampaignState.AuditInProgress audit, Evidence evidence) {
    Map<Integer, Evidence.Labeled> said = new HashMap<>();
    evidence.labels().forEach(label -> said.put(label.item(), label));
    Map<Integer, Outcome> outcomes = new HashMap<>();
    for (Draw draw : audit.state().draws()) {
      if (audit.state().outcomes().get(draw.position()) == Outcome.OPEN) {
        int item = audit.items()[draw.item()];
        Evidence.Labeled label = said.get(item);
        if (label != null) {
          outcomes.put(draw.position(), label.judge(audit.labels()[draw.item()]));
        } else if (evidence.unanswerable().contains(item)) {
          outcomes.put(draw.position(), Outcome.LOST);
        }
      }
    }
    return outcomes.isEmpty() ? audit : audit.with(audit.state().with(outcomes));
  }

  static BitSet drawn(CampaignState.AuditInProgress audit) {
    BitSet drawn = new BitSet();
    audit.state().draws().forEach(draw -> drawn.set(draw.item()));
    return drawn;
  }

  /**
   * Candidates, by their place in the audit, that people labelled without being drawn, early or
   * since: they held the item when the audit was opened.
   */
  private static BitSet gone(CampaignState.AuditInProgress audit, Evidence evidence) {
    BitSet labelled = new BitSet();
    evidence.labels().forEach(label -> labelled.set(label.item()));
    evidence.early().forEach(labelled::clear);
    BitSet drawn = drawn(audit);
    BitSet gone = new BitSet();
    for (int i = 0; i < audit.items().length; i++) {
      if (labelled.get(audit.items()[i]) && !drawn.get(i)) {
        gone.set(i);
      }
    }
    return gone;
  }

  private static int[] counts(CampaignState.AuditInProgress audit, Strata strata, BitSet gone) {
    return audit.state().plan().rungs().stream()
        .mapToInt(
            rung -> (int) Arrays.stream(strata.items(rung.strata())).filter(gone::get).count())
        .toArray();
  }

  private static CampaignState kept(CampaignState state, CampaignState.AuditInProgress audit) {
    return state.auditing(audit, state.risk(), state.auditAnswers());
  }

  /** What the frozen model said about the audited items is as honest as evidence gets. */
  private static List<CampaignState.Prediction> predictions(
      CampaignState state, CampaignState.AuditInProgress audit) {
    List<CampaignState.Prediction> said = new ArrayList<>(state.predictions());
    for (Draw draw : audit.state().draws()) {
      int i = draw.item();
      said.add(
          new CampaignState.Prediction(
              state.round(), audit.items()[i], audit.labels()[i], audit.certainties()[i]));
    }
    return said;
  }

  private static CampaignState.AcceptedSet accepted(
      CampaignState state,
      CampaignState.AuditInProgress audit,
      Strata strata,
      AuditReport verdict,
      BitSet gone) {
    AuditReport.CandidateSet set = verdict.sets().get(verdict.certified());
    BitSet human = drawn(audit);
    human.or(gone);
    int[] kept =
        Arrays.stream(strata.items(set.strata())).filter(i -> !human.get(i)).sorted().toArray();
    int[] items = new int[kept.length];
    int[][] labels = new int[kept.length][];
    float[] errors = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      items[i] = audit.items()[kept[i]];
      labels[i] = audit.labels()[kept[i]];
      errors[i] = audit.errors()[kept[i]];
    }
    return new CampaignState.AcceptedSet(
        state.round(),
        items,
        labels,
        errors,
        set.accuracyAtLeast(),
        set.accuracyExpected(),
        set.drawn());
  }

  private Campaign.Turn accept(
      CampaignState next,
      CampaignState.AcceptedSet set,
      CampaignState.AuditInProgress audit,
      AuditReport verdict,
      Situation now) {
    List<Directive.Accepted> accepted = new ArrayList<>();
    for (int i = 0; i < set.items().length; i++) {
      accepted.add(new Directive.Accepted(set.items()[i], set.labels()[i], 1 - set.errors()[i]));
    }
    RoundReport report =
        report(
            now,
            audit,
            verdict,
            verdict.sets().get(verdict.certified()),
            accepted.size(),
            "The audit certified %,d labels of the model.".formatted(accepted.size()));
    return new Campaign.Turn(
        next, new Directive(List.of(), accepted, List.of(), report, null, false));
  }

  private RoundReport report(
      Situation now,
      CampaignState.AuditInProgress audit,
      AuditReport verdict,
      AuditReport.CandidateSet set,
      int accepted,
      String note) {
    AuditReport.CandidateSet shown =
        set != null ? set : verdict.sets().get(verdict.sets().size() - 1);
    int candidates = shown.population();
    return new RoundReport(
        now.state().round(),
        now.labelled(),
        now.evidence().answers(),
        now.state().auditAnswers(),
        1 - audit.errors()[candidates - 1],
        candidates,
        shown.drawn(),
        accepted,
        shown.accuracyExpected(),
        shown.accuracyAtLeast(),
        1,
        null,
        0,
        List.of(),
        List.of(),
        note,
        0);
  }
}
