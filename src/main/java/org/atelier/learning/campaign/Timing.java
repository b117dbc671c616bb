package org.atelier.learning.campaign;

import java.util.List;

/**
 * When to stop learning and audit: when more labels cannot or do not raise the number of machine
 * labels that an audit would leave, or when the budget needs what is left for the audit.
 */
final class Timing {
  static final String AUDIT = "Audit: ";

  /** Least growth of the forecast, per asked item, that makes another batch worth asking. */
  private static final double WORTH = 0.1;

  private static final int LEAST_LABELS = 50;

  /** Rounds over which growth is measured, because a single forecast is noisy. */
  private static final int SPAN = 2;

  private static final double NEAR = 0.8;

  private Timing() {}

  /** Whether an audit is near enough for thorough training. */
  static boolean near(List<Integer> forecasts, int open) {
    return !forecasts.isEmpty() && forecasts.get(forecasts.size() - 1) >= NEAR * open;
  }

  /** Returns one sentence; it starts with {@link #AUDIT} when the time has come. */
  static String decide(
      CampaignSettings settings,
      List<Integer> forecasts,
      Candidates.Forecast forecast,
      int open,
      int affordable,
      boolean again) {
    int labels = forecast.labels();
    int n = forecasts.size();
    int batch = Math.min(settings.batch(), open);
    if (labels < Math.max(LEAST_LABELS, forecast.draws())) {
      return "Ask people: too few labels could be certified yet.";
    }
    int reserve = (int) (1.5 * forecast.draws()) + settings.auditBatch();
    if (affordable < batch + reserve) {
      return AUDIT + "the budget needs the rest for it.";
    }
    if (again && n < 2) {
      return "Ask people: the last audit is too fresh for another.";
    }
    if (labels >= open - batch - forecast.draws() / 2) {
      return AUDIT + "nearly all open items look safe enough.";
    }
    int grown = n > SPAN + 1 ? labels - forecasts.get(n - 1 - SPAN) : Integer.MAX_VALUE;
    if (grown < WORTH * SPAN * batch) {
      return AUDIT + "more labels no longer raise what could be certified.";
    }
    return "Ask people: more labels still raise what could be certified.";
  }
}
