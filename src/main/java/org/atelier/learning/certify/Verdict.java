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
  private final RungEvidence[] evidence;
  private final Counts[] counts;
  private final Projection[] projections;

  Verdict(AuditState state, Audit.Allowance allowance, int[] gone) {
    this.state = state;
    this.allowance = allowance;
    this.gone = gone;
    ledger = Ledger.of(state);
    forecast = ledger.refitted();
    evidence = new RungEvidence[ledger.rungs()];
    counts = new Counts[evidence.length];
    projections = new Projection[evidence.length];
    for (int j = 0; j < evidence.length; j++) {
      evidence[j] = ledger.rung(j);
      evidence[j].tighten();
      counts[j] = count(evidence[j].strata());
      projections[j] = projection(evidence[j]);
    }
  }

  AuditReport report() {
    int largest = evidence.length - 1;
    double[] ahead = largest < 0 ? new double[0] : Audit.weights(state, largest, ledger.left());
    List<AuditReport.CandidateSet> sets = new ArrayList<>();
    double returned = 0;
    int certified = -1;
    for (int j = 0; j < evidence.length; j++) {
      double hit = Audit.hitShare(ahead, ledger.left(), evidence[j].strata());
      AuditReport.CandidateSet set = set(j, hit);
      sets.add(set);
      certified = set.certified() ? j : certified;
      returned += set.riskShare() * evidence[j].returnable();
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

  private AuditReport.CandidateSet set(int j, double hit) {
    RungEvidence set = evidence[j];
    int remaining = remaining(j);
    double expected = projections[j].errors() / Math.max(1, set.population() - set.drawn());
    return new AuditReport.CandidateSet(
        set.strata(),
        state.plan().rungs().get(j).riskShare(),
        set.population(),
        counts[j].drawn(),
        counts[j].wrong(),
        counts[j].lost(),
        remaining,
        remaining == 0 ? 1 : 1 - (double) errors(j) / remaining,
        1 - expected,
        certified(j),
        hopeful(j),
        certified(j) ? 0 : (int) Math.ceil(projections[j].draws() / hit));
  }

  private int remaining(int j) {
    return Math.max(0, evidence[j].population() - counts[j].drawn() - gone[j]);
  }

  /** Returns the upper bound of the errors among the remaining labels. */
  private int errors(int j) {
    return Math.max(0, Math.min(remaining(j), evidence[j].upper() - counts[j].wrong()));
  }

  private boolean certified(int j) {
    return errors(j) <= Math.floor((1 - state.plan().target()) * remaining(j) + 1e-9);
  }

  private boolean hopeful(int j) {
    return certified(j)
        || projections[j].hopefulDraws() <= Math.min(remaining(j) - 1, allowance.draws());
  }

  private Projection projection(RungEvidence set) {
    int items = set.population() - set.drawn();
    double hypothesis = Math.floor((1 - state.plan().target()) * items + 1e-9) + 1;
    return Projection.of(
        state.plan().target(), ledger.left(), forecast, set.strata(), set.missing(), hypothesis);
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
