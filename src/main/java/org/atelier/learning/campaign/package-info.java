/**
 * The learning loop as a resumable state machine, the same for {@code simulate} and for real jobs.
 * Knows no database, no clock and no chance but its seed.
 *
 * <p>How to drive it:
 *
 * <ol>
 *   <li>Make {@link org.atelier.learning.campaign.CampaignSettings#standard} and a {@link
 *       org.atelier.learning.model.Learner} over the job's features; item numbers 0 to N − 1 are
 *       the driver's (for a job: positions in the dataset version).
 *   <li>Begin with {@link org.atelier.learning.campaign.CampaignState#start}; keep the state as
 *       JSON.
 *   <li>Call {@link org.atelier.learning.campaign.Campaign#step} with the kept state and all human
 *       labels. Carry out the directive and keep the new state in one transaction: send {@code
 *       asks} to people with their reason, make {@code accepted} current, withdraw {@code
 *       withdrawn}, show {@code report}. A turn that was cut short is taken again and gives the
 *       same directive.
 *   <li>A directive that is {@code waiting} needs more answers first; any other may be followed by
 *       the next step at once. Items that nobody will answer go into {@link
 *       org.atelier.learning.campaign.Evidence#unanswerable}, or an audit waits for ever.
 *   <li>{@code stop} ends it.
 * </ol>
 *
 * <p>Minimum data: five labels per class, at least twenty, and two different labels; below that
 * people are asked at random and no model is trained. Human labels of an audit count like any
 * other. Items with accepted machine labels are never asked again, except to monitor them.
 */
package org.atelier.learning.campaign;
