package org.atelier.learning.campaign;

import java.util.List;

/**
 * When to stop learning and audit: when more labels cannot or do not raise the number of machine
 * labels that an audit would leave, or when the budget needs what is left for the audit.
 */
public final class Timing {
  static final String AUDIT = "Audit: ";
  static final String STOP = "Stop: ";

  /** Least growth of the forecast, per asked item, that makes another batch worth asking. */
  private static final double WORTH = 0.1;

  private static final int LEAST_LABELS = 50;

  /**
   * Rounds whose mean forecast is held against that of as many before them, because a single one is
   * noisy, and an audit too early costs more than one too late.
   */
  private static final int SPAN = 3;

  private static final double NEAR = 0.88;

  private Timing() {}

  /** Items of the budget that are kept for an audit that is expected to need so many draws. */
  public static int reserve(int draws) {
    return (int) (1.5 * draws);
  }

  /** Whether an audit is near enough for thorough training. */
  static boolean near(List<Integer> forecasts, int open) {
    return !forecasts.isEmpty() && forecasts.get(forecasts.size() - 1) >= NEAR * open;
  }

  /**
   * Returns one sentence; it starts with {@link #AUDIT} when the time has come.
   *
   * @param since labels people gave since the round before; where they answer faster than the
   *     machine learns that is more than a batch, and will be again while it learns next
   */
  static String decide(
      CampaignSettings settings,
      List<Integer> forecasts,
      Candidates.Forecast forecast,
      int open,
      int affordable,
      boolean again,
      int since) {
    int labels = forecast.labels();
    int n = forecasts.size();
    int batch = Math.min(settings.batch(), open);
    if (labels < Math.max(LEAST_LABELS, forecast.draws())) {
      return "Ask people: too few labels could be certified yet.";
    }
    int reserve = reserve(forecast.draws()) + settings.auditBatch();
    if (affordable < batch + reserve) {
      return AUDIT + "the budget needs the rest for it.";
    }
    if (again && n < 2) {
      return "Ask people: the last audit is too fresh for another.";
    }
    int next = Math.min(Math.max(batch, since), open);
    if (labels >= open - next - forecast.draws() / 2) {
      return AUDIT + "nearly all open items look safe enough.";
    }
    if (n >= 2 * SPAN && growth(forecasts) < WORTH * SPAN * next) {
      return AUDIT + "more labels no longer raise what could be certified.";
    }
    return "Ask people: more labels still raise what could be certified.";
  }

  /**
   * The decision when rounds may have brought nothing: what could be certified is audited, and
   * where nothing could, learning ends with a sentence that starts with {@link #STOP}.
   *
   * @param fresh whether the last audit is too fresh for another
   * @param stale rounds without progress
   */
  static String impatient(
      CampaignSettings settings,
      String decision,
      Candidates.Forecast forecast,
      boolean fresh,
      int stale) {
    if (decision.startsWith(AUDIT) || stale < settings.patience()) {
      return decision;
    }
    String said = "%d rounds in a row brought no progress".formatted(stale);
    boolean auditable = forecast.labels() >= Math.max(LEAST_LABELS, forecast.draws());
    return auditable && !fresh ? AUDIT + said + ", what looks safe is tried." : STOP + said + ".";
  }

  private static double growth(List<Integer> forecasts) {
    int n = forecasts.size();
    double late = 0;
    double early = 0;
    for (int i = 0; i < SPAN; i++) {
      late += forecasts.get(n - 1 - i);
      early += forecasts.get(n - 1 - SPAN - i);
    }
    return (late - early) / SPAN;
  }
}
