package org.atelier.learning.loop;

import org.atelier.learning.certify.AuditState;

/**
 * The watch over accepted machine labels.
 *
 * @param rows accepted labels it watches, by row
 * @param labels label of each
 * @param errors estimated probability that it is wrong, what the strata are cut by
 * @param seed seed of strata and draws
 * @param acceptanceRisk risk share at which the labels were certified
 * @param sets number of accepted sets it covers
 * @param drawnBefore draws of earlier watches over fewer labels, all answered
 * @param state draws and outcomes
 * @param withdrawn whether the certificate was withdrawn
 */
record Watch(
    int[] rows,
    int[][] labels,
    float[] errors,
    long seed,
    double acceptanceRisk,
    int sets,
    int drawnBefore,
    AuditState state,
    boolean withdrawn) {

  Watch with(AuditState next) {
    return new Watch(
        rows, labels, errors, seed, acceptanceRisk, sets, drawnBefore, next, withdrawn);
  }

  Watch asWithdrawn() {
    return new Watch(rows, labels, errors, seed, acceptanceRisk, sets, drawnBefore, state, true);
  }
}
