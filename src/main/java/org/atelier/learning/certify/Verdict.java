package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.List;

/** Turns a ledger into a report. */
final class Verdict {
  private final AuditState state;
  private final Audit.Allowance allowance;
  private final int[] gone;
  private final Ledger ledger;
  private final Forecast forecast;

  /** One item's relative chance of a draw made for the largest set, by stratum. */
  private final double[] ahead;

  Verdict(AuditState state, Audit.Allowance allowance, int[] gone) {
    this.state = state;
    this.allowance = allowance;
    this.gone = gone;
    ledger = Ledger.of(state);
    forecast = ledger.refitted();
    ahead = ledger.rungs() == 0 ? new double[0] : Audit.largest(state, ledger.left());
  }

  AuditReport report() {
    List<AuditReport.CandidateSet> sets = new ArrayList<>();
    double returned = 0;
    int certified = -1;
    for (int j = 0; j < ledger.rungs(); j++) {
      AuditReport.CandidateSet set = set(j);
      sets.add(set);
      certified = set.certified() ? j : certified;
      returned += set.riskShare() * ledger.rung(j).returnable();
    }
    int aim = aim(sets, certified);
    boolean nothing = sets.isEmpty();
    AuditReport.Decision decision =
        aim >= 0
            ? AuditReport.Decision.CONTINUE
            : certified >= 0 || nothing
                ? AuditReport.Decision.CERTIFIED
                : AuditReport.Decision.HOPELESS;
    return new AuditReport(
        decision, certified, aim, sets, state.answeredPrefix(), Math.min(returned, risk()));
  }

  private double risk() {
    return state.plan().risk();
  }

  /** Returns the set whose pursuit promises most labels, -1 when stopping now is best. */
  private int aim(List<AuditReport.CandidateSet> sets, int certified) {
    int best = -1;
    double most = certified < 0 ? 0 : sets.get(certified).remaining();
    for (int j = certified + 1; j < sets.size(); j++) {
      AuditReport.CandidateSet set = sets.get(j);
      double value = set.remaining() - allowance.price() * set.furtherDraws();
      if (set.hopeful() && set.furtherDraws() <= allowance.draws() && value > most) {
        best = j;
        most = value;
      }
    }
    return best < 0 && certified < 0 ? smallestHopeful(sets) : best;
  }

  private static int smallestHopeful(List<AuditReport.CandidateSet> sets) {
    for (int j = 0; j < sets.size(); j++) {
      if (sets.get(j).hopeful()) {
        return j;
      }
    }
    return -1;
  }

  private AuditReport.CandidateSet set(int j) {
    RungEvidence evidence = ledger.rung(j);
    int strata = evidence.strata();
    Counts counts = count(strata);
    int remaining = Math.max(0, evidence.population() - counts.drawn() - gone[j]);
    evidence.tighten();
    int errors = Math.max(0, Math.min(remaining, evidence.upper() - counts.wrong()));
    boolean certified = errors <= Math.floor((1 - state.plan().target()) * remaining + 1e-9);
    double hypothesis = hypothesis(evidence);
    Projection projection =
        Projection.of(
            state.plan().target(), ledger.left(), forecast, strata, evidence.missing(), hypothesis);
    double hit = Audit.hitShare(ahead, ledger.left(), strata);
    int further = certified ? 0 : (int) Math.ceil(projection.draws() / hit);
    boolean hopeful =
        certified
            || projection.hopefulDraws() <= remaining - 1
                && projection.hopefulDraws() / hit <= allowance.draws();
    double expected = projection.errors() / Math.max(1, evidence.population() - evidence.drawn());
    return new AuditReport.CandidateSet(
        strata,
        state.plan().rungs().get(j).riskShare(),
        evidence.population(),
        counts.drawn(),
        counts.wrong(),
        counts.lost(),
        remaining,
        remaining == 0 ? 1 : 1 - (double) errors / remaining,
        1 - expected,
        certified,
        hopeful,
        further);
  }

  private double hypothesis(RungEvidence evidence) {
    int items = evidence.population() - evidence.drawn();
    return Math.floor((1 - state.plan().target()) * items + 1e-9) + 1;
  }

  private record Counts(int drawn, int wrong, int lost) {}

  private Counts count(int strata) {
    int drawn = 0;
    int wrong = 0;
    int lost = 0;
    for (Draw draw : state.draws()) {
      if (draw.stratum() < strata) {
        Outcome outcome = state.outcomes().get(draw.position());
        drawn++;
        wrong += outcome == Outcome.WRONG ? 1 : 0;
        lost += outcome == Outcome.LOST ? 1 : 0;
      }
    }
    return new Counts(drawn, wrong, lost);
  }
}
