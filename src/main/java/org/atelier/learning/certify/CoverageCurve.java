package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.List;

/**
 * Coverage against accuracy, learned from an audit: for every stratum edge, how much of the data
 * the surer machine labels cover and how accurate they are.
 *
 * <p>The lower band is <em>simultaneous</em>: with probability at least 1 - risk it lies below the
 * truth at every edge and at every time one looks (a union bound over the edges of confidence
 * sequences like those of {@link Audit}). The middle line is a forecast and guarantees nothing. The
 * band is for looking; it certifies nothing and its risk is not taken from the job's {@link
 * RiskBudget}, so that no set may be accepted because of it.
 */
public final class CoverageCurve {
  private CoverageCurve() {}

  /**
   * One point.
   *
   * @param labels machine labels up to this edge that were not drawn
   * @param coverage the same as a share of all items, in [0, 1]
   * @param accuracyAtLeast simultaneous lower band of their accuracy, in [0, 1]
   * @param accuracyExpected forecast of their accuracy, in [0, 1]
   * @param accuracyAtMost simultaneous upper band, at the same risk again, in [0, 1]
   * @param errorProbability predicted error probability of the last stratum: the threshold
   */
  public record Point(
      int labels,
      double coverage,
      double accuracyAtLeast,
      double accuracyExpected,
      double accuracyAtMost,
      double errorProbability) {}

  /**
   * Computes the curve of the answered prefix.
   *
   * @param state an audit
   * @param items items of the whole dataset, at least the audit's candidates
   * @param risk probability with which the band may be wrong anywhere, in (0, 1)
   * @return one point for each stratum edge, coverage growing; empty without candidates
   */
  public static List<Point> of(AuditState state, int items, double risk) {
    AuditPlan plan = state.plan();
    int edges = plan.sizes().size();
    RungEvidence[] sets = new RungEvidence[edges];
    double expected = 0;
    for (int b = 0; b < edges; b++) {
      expected += plan.sizes().get(b) * plan.predicted().get(b);
      int population = plan.population(b + 1);
      // aim the bets a little above what was predicted; any aim gives a valid bound
      double aim = Math.max(0, 1 - (1.4 * expected / population + 0.005));
      sets[b] = new RungEvidence(population, b + 1, aim, risk / edges, 0);
    }
    Ledger ledger = new Ledger(plan, sets).through(state);
    Forecast forecast = ledger.refitted();
    List<Point> points = new ArrayList<>();
    double errors = 0;
    int left = 0;
    for (int b = 0; b < edges; b++) {
      left += ledger.left()[b];
      errors += ledger.left()[b] * forecast.rate(b);
      sets[b].tighten();
      int fewest = AccuracyMonitor.fewestErrors(state, b + 1, risk / edges);
      int most = Math.min(left, sets[b].upper() - sets[b].credited());
      points.add(
          new Point(
              left,
              (double) left / items,
              left == 0 ? 1 : 1 - (double) most / left,
              left == 0 ? 1 : 1 - errors / left,
              left == 0 ? 1 : 1 - Math.max(0, fewest - sets[b].credited()) / (double) left,
              plan.predicted().get(b)));
    }
    return points;
  }
}
