/**
 * Certified acceptance of machine labels: random weighted audits without replacement, with bounds
 * that stay valid while one keeps looking. Pure: depends on {@code java.*} only; no clock, no
 * chance but the seeds given; all state is immutable records fit for JSON.
 *
 * <p>How a learning loop drives it, per round:
 *
 * <ol>
 *   <li>Open {@link org.atelier.learning.certify.RiskBudget#usual} once per job and keep it.
 *   <li>Choose candidates by predicted error probability (need not be calibrated), best as three to
 *       five nested sets around the size you hope for, say those with forecast accuracy τ + 0.004,
 *       + 0.008, + 0.015, + 0.03. Build {@link org.atelier.learning.certify.Strata#of} with {@code
 *       nested} and {@link org.atelier.learning.certify.Strata#TYPICAL} strata.
 *   <li>{@code budget = budget.grant(0.75)}; split {@code budget.newestShare()} over the sets (even
 *       is fine) and make {@link org.atelier.learning.certify.AuditPlan#nested}; {@link
 *       org.atelier.learning.certify.AuditState#start}.
 *   <li>{@link org.atelier.learning.certify.Audit#draw} 50 to 100 items for the report's {@code
 *       aim} (first batch: the last set), send {@link org.atelier.learning.certify.Draw#item} to
 *       people, blind; put consolidated outcomes in with {@link
 *       org.atelier.learning.certify.AuditState#with} as they come; mark those that will never be
 *       answered {@link org.atelier.learning.certify.Outcome#LOST}.
 *   <li>{@link org.atelier.learning.certify.Audit#evaluate} as often as you like. CONTINUE: draw
 *       again for {@code aim}, best once the answered prefix has reached the last draw. CERTIFIED:
 *       accept {@code strata.items(set.strata())} without every drawn item, answered or not.
 *       HOPELESS: accept nothing; the answers are human labels.
 *   <li>Either way {@code budget.close(index, report.returnedRisk())}, then go on; items accepted
 *       or answered are not candidates again.
 * </ol>
 *
 * <p>Persist {@code RiskBudget}, {@code AuditState} and what the strata were made of (scores,
 * nested sizes, number of strata, seed): the strata are rebuilt from them and checked by digest.
 * Evaluation needs the state only.
 *
 * <p>A drawn item's machine label must be the one drawn for: freeze the machine labels of all
 * candidates while their audit is open.
 */
package org.atelier.learning.certify;
