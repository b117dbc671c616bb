package org.atelier.learning.certify;

import java.util.List;

/** Works through the draws of an audit in order and keeps the evidence of every candidate set. */
final class Ledger {
  /** Draws between two fits of the forecast. */
  private static final int FIT_EVERY = 10;

  private static final double CLEAR_GAIN = 0.03;
  private static final int CLEARLY_GAINING = 400;
  private static final int FEWEST_PREPARED = 1_500;
  private static final int MOST_PREPARED = 3_000;

  private final AuditPlan plan;
  private final int[] left;
  private final int[] drawn;
  private final int[] wrong;
  private final Forecast forecast;
  private final RungEvidence[] rungs;
  private int position;

  /** Keeps the evidence of the plan's candidate sets. */
  Ledger(AuditPlan plan) {
    this(plan, new RungEvidence[plan.rungs().size()]);
    for (int j = 0; j < rungs.length; j++) {
      AuditPlan.Rung rung = plan.rungs().get(j);
      int population = plan.population(rung.strata());
      int prepared = Math.min(population, preparedDraws(j));
      int floor = (int) Math.ceil((1 - plan.target()) * (population - prepared));
      rungs[j] =
          new RungEvidence(population, rung.strata(), plan.target(), rung.riskShare(), floor);
    }
  }

  /** Keeps the evidence of given sets of strata. */
  Ledger(AuditPlan plan, RungEvidence[] sets) {
    this.plan = plan;
    left = plan.sizes().stream().mapToInt(Integer::intValue).toArray();
    drawn = new int[left.length];
    wrong = new int[left.length];
    forecast = forecast(plan);
    rungs = sets;
  }

  /** Returns the ledger of the fully answered prefix. */
  static Ledger of(AuditState state) {
    return new Ledger(state.plan()).through(state);
  }

  /** Takes the fully answered prefix into the evidence. */
  Ledger through(AuditState state) {
    int answered = state.answeredPrefix();
    List<AuditState.Batch> batches = state.batches();
    for (int k = 0; k < batches.size(); k++) {
      AuditState.Batch batch = batches.get(k);
      int end = k + 1 < batches.size() ? batches.get(k + 1).first() : state.draws().size();
      double[] weights = batch.weights().stream().mapToDouble(Double::doubleValue).toArray();
      for (int t = batch.first(); t < Math.min(end, answered); t++) {
        step(state.draws().get(t).stratum(), state.outcomes().get(t), weights);
      }
    }
    return this;
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
    if (outcome != Outcome.VOID) {
      drawn[stratum]++;
      wrong[stratum] += outcome == Outcome.RIGHT ? 0 : 1;
    }
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

  /**
   * Returns for how many draws without an error the evidence of a set is prepared: {@link
   * RungEvidence} is kept down to the total that the target then still allows. Where the draws aim
   * at errors they find more than the target forgives, and few suffice; otherwise the allowed total
   * sinks during a long audit. More would lower what an audit hands back.
   */
  private int preparedDraws(int rung) {
    double need = -Math.log(plan.rungs().get(rung).riskShare());
    int strata = plan.rungs().get(rung).strata();
    double allowed = (1 - plan.target()) * plan.population(strata);
    Projection projection = Projection.of(plan.target(), left, forecast, strata, need, allowed + 1);
    if (projection.gain() > CLEAR_GAIN) {
      return CLEARLY_GAINING;
    }
    return (int) Math.max(FEWEST_PREPARED, Math.min(MOST_PREPARED, 2 * projection.draws()));
  }
}
