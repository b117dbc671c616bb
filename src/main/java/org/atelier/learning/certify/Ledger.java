package org.atelier.learning.certify;

import java.util.List;

/** Works through the draws of an audit in order and keeps the evidence of every candidate set. */
final class Ledger {
  /** Draws between two fits of the forecast. */
  private static final int FIT_EVERY = 10;

  private final AuditPlan plan;
  private final int[] left;
  private final int[] drawn;
  private final int[] wrong;
  private final Forecast forecast;
  private final RungEvidence[] rungs;
  private int position;

  Ledger(AuditPlan plan) {
    this.plan = plan;
    int strata = plan.sizes().size();
    left = plan.sizes().stream().mapToInt(Integer::intValue).toArray();
    drawn = new int[strata];
    wrong = new int[strata];
    forecast = forecast(plan);
    rungs = new RungEvidence[plan.rungs().size()];
    for (int j = 0; j < rungs.length; j++) {
      rungs[j] = new RungEvidence(plan, j, plannedDraws(j));
    }
  }

  /** Returns the ledger of the fully answered prefix. */
  static Ledger of(AuditState state) {
    Ledger ledger = new Ledger(state.plan());
    int answered = state.answeredPrefix();
    List<AuditState.Batch> batches = state.batches();
    for (int k = 0; k < batches.size(); k++) {
      AuditState.Batch batch = batches.get(k);
      int end = k + 1 < batches.size() ? batches.get(k + 1).first() : state.draws().size();
      double[] weights = batch.weights().stream().mapToDouble(Double::doubleValue).toArray();
      for (int t = batch.first(); t < Math.min(end, answered); t++) {
        ledger.step(state.draws().get(t).stratum(), state.outcomes().get(t), weights);
      }
    }
    return ledger;
  }

  static Forecast forecast(AuditPlan plan) {
    double[] predicted = plan.predicted().stream().mapToDouble(Double::doubleValue).toArray();
    return new Forecast(predicted, 1 - plan.target());
  }

  /** Takes the next draw, made with the given weights, into the evidence. */
  void step(int stratum, Outcome outcome, double[] weights) {
    if (position++ % FIT_EVERY == 0) {
      forecast.fit(drawn, wrong);
    }
    for (RungEvidence rung : rungs) {
      if (stratum < rung.strata()) {
        rung.step(stratum, outcome, weights, left, forecast);
      }
    }
    left[stratum]--;
    drawn[stratum]++;
    wrong[stratum] += outcome == Outcome.RIGHT ? 0 : 1;
  }

  RungEvidence rung(int index) {
    return rungs[index];
  }

  int rungs() {
    return rungs.length;
  }

  int[] left() {
    return left;
  }

  int[] drawn() {
    return drawn;
  }

  int[] wrong() {
    return wrong;
  }

  Forecast refitted() {
    forecast.fit(drawn, wrong);
    return forecast;
  }

  private int plannedDraws(int rung) {
    double need = -Math.log(plan.rungs().get(rung).riskShare());
    int strata = plan.rungs().get(rung).strata();
    double allowed = (1 - plan.target()) * plan.population(strata);
    return (int) Projection.of(plan.target(), left, forecast, strata, need, allowed + 1).draws();
  }
}
