package org.atelier.learning.campaign;

import java.util.List;

/**
 * When to stop learning and audit: when more labels cannot or do not raise the number of machine
 * labels that an audit would leave, or when the budget needs what is left for the audit.
 */
final class Timing {
  static final String AUDIT = "Audit: ";
  private static final double WORTH = 0.25;
  private static final int LEAST_LABELS = 50;

  private Timing() {}

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
    if (labels >= open - batch - forecast.draws()) {
      return AUDIT + "nearly all open items look safe enough.";
    }
    if (n >= 4 && labels - forecasts.get(n - 3) < WORTH * 2 * batch) {
      return AUDIT + "more labels no longer raise what could be certified.";
    }
    return "Ask people: more labels still raise what could be certified.";
  }
}
