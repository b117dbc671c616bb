package org.atelier.learning.certify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One audit of a known population, looked at after every draw. */
final class ReplayAudit {
  private static final int BATCH = 50;

  private final Strata strata;
  private final boolean[] wrong;
  private final int[] errors;
  private final int[] items;
  private final int aim;
  private final Ledger ledger;
  private AuditState state;
  private boolean violated;
  private int certifiedAt = -1;
  private int certifiedSet = -1;

  /**
   * @param observed what the audit is told, per item
   * @param wrong what is true, per item
   * @param aim index of the set that is drawn for
   * @param early candidates that were drawn before they were known; the audit takes them in behind
   *     its first batch
   * @param kinds kind of each candidate, by which those were drawn
   */
  ReplayAudit(
      Strata strata,
      AuditPlan plan,
      Outcome[] observed,
      boolean[] wrong,
      int aim,
      List<Integer> early,
      byte[] kinds,
      int most) {
    this.aim = aim;
    this.strata = strata;
    this.wrong = wrong;
    state = AuditState.start(plan);
    ledger = new Ledger(plan);
    errors = new int[plan.rungs().size()];
    items = new int[errors.length];
    for (int j = 0; j < errors.length; j++) {
      int[] members = strata.items(plan.rungs().get(j).strata());
      items[j] = members.length;
      for (int item : members) {
        errors[j] += wrong[item] ? 1 : 0;
      }
    }
    if (!early.isEmpty()) {
      batch(observed, most);
      int first = state.draws().size();
      double[] chances = new double[kinds.length];
      Arrays.setAll(chances, item -> EarlyDesign.chance(kinds[item]));
      state = Audit.drawnBefore(state, strata, early, chances);
      answer(observed, first);
    }
    while (certifiedAt < 0 && state.draws().size() < Math.min(most, strata.population())) {
      batch(observed, most);
    }
  }

  private void batch(Outcome[] observed, int most) {
    int first = state.draws().size();
    state = Audit.draw(state, strata, aim, errors.length - 1, Math.min(BATCH, most - first));
    answer(observed, first);
  }

  private void answer(Outcome[] observed, int first) {
    List<AuditState.Batch> batches = state.batches();
    double[] weights =
        batches.get(batches.size() - 1).weights().stream().mapToDouble(w -> w).toArray();
    Map<Integer, Outcome> answers = new HashMap<>();
    for (Draw draw : state.draws().subList(first, state.draws().size())) {
      answers.put(draw.position(), observed[draw.item()]);
      if (certifiedAt < 0) {
        ledger.step(draw.stratum(), observed[draw.item()], weights);
        look(draw);
      }
    }
    state = state.with(answers);
  }

  private void look(Draw draw) {
    AuditPlan plan = state.plan();
    for (int j = 0; j < errors.length; j++) {
      if (draw.stratum() < plan.rungs().get(j).strata()) {
        errors[j] -= wrong[draw.item()] ? 1 : 0;
        items[j]--;
      }
      if (ledger.rung(j).certified()) {
        certifiedSet = j;
        violated |= errors[j] > Math.floor((1 - plan.target()) * items[j] + 1e-9);
        certifiedAt = draw.position() + 1;
      }
    }
  }

  boolean violated() {
    return violated;
  }

  /** Returns the draws until the first certificate of any set, or -1. */
  int certifiedAt() {
    return certifiedAt;
  }

  /** Returns the true accuracy of what remains of the certified (else the largest) set. */
  double remainingAccuracy() {
    int j = certifiedSet < 0 ? errors.length - 1 : certifiedSet;
    return items[j] == 0 ? 1 : 1 - (double) errors[j] / items[j];
  }

  /** Returns the risk the audit hands back, see {@link RiskBudget}. */
  double returned() {
    double sum = 0;
    for (int j = 0; j < errors.length; j++) {
      sum += state.plan().rungs().get(j).riskShare() * ledger.rung(j).returnable();
    }
    return sum;
  }
}
