package org.atelier.home.simulation;

import org.atelier.labeling.JobView;
import org.atelier.platform.ProblemException;

/**
 * Simulated labelers as they are asked for; what is missing or out of range is refused by {@link
 * #on}.
 *
 * @param labelers 1 to 20
 * @param errorPercent wrong answers in a hundred, 0 to 50
 * @param answersPerMinute of all together, 6 to 6,000
 * @param confusion how they confuse labels, lines of true,answered,probability; null or empty to
 *     err evenly
 */
record Crew(Integer labelers, Double errorPercent, Integer answersPerMinute, String confusion) {

  /**
   * What they do on a job.
   *
   * @throws ProblemException invalid-input naming the field
   */
  SimulationOrder on(JobView job) {
    if (labelers == null || errorPercent == null || answersPerMinute == null) {
      throw ProblemException.invalid(
          "labelers", "Give all three numbers: labelers, errors in 100 answers, answers a minute.");
    }
    Confusions.read(confusion, job.settings().classNames());
    return new SimulationOrder(
        job.id(),
        labelers,
        errorPercent,
        answersPerMinute,
        confusion == null ? "" : confusion,
        job.seed());
  }
}
