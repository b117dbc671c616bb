package org.atelier.home.simulation;

import java.util.UUID;
import org.atelier.platform.ProblemException;

/**
 * What simulated labelers are asked to do.
 *
 * @param labelers how many, 1 to 20
 * @param errorPercent wrong answers in a hundred, 0 to 50
 * @param answersPerMinute of all together, 6 to 6,000
 * @param confusion how they confuse labels, see {@link Confusions}; empty to err evenly
 * @param seed where their errors come from
 */
record SimulationOrder(
    UUID jobId,
    int labelers,
    double errorPercent,
    int answersPerMinute,
    String confusion,
    long seed) {

  static final int MOST_LABELERS = 20;
  static final int MOST_ANSWERS = 6_000;

  /** People who err evenly. */
  SimulationOrder(UUID jobId, int labelers, double errorPercent, int answersPerMinute, long seed) {
    this(jobId, labelers, errorPercent, answersPerMinute, "", seed);
  }

  /** Says beside which field what is wrong. */
  SimulationOrder {
    within("labelers", labelers, 1, MOST_LABELERS, "Choose 1 to 20 labelers.");
    within("errorPercent", errorPercent, 0, 50, "Choose 0 to 50 errors in a hundred answers.");
    within("answersPerMinute", answersPerMinute, 6, MOST_ANSWERS, "Choose 6 to 6,000 a minute.");
  }

  private static void within(String field, double value, double least, double most, String say) {
    if (!(value >= least && value <= most)) {
      throw ProblemException.invalid(field, say);
    }
  }
}
