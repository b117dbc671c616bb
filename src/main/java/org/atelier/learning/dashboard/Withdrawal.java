package org.atelier.learning.dashboard;

import java.util.List;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.loop.RoundFacts;
import org.atelier.learning.loop.RoundRow;

/**
 * What became of the accepted labels whose certificate was withdrawn, in words.
 *
 * @param accepted labels that were accepted from the machine, all audits together
 * @param stays of them, those that are still the machine's
 * @param finished whether the job is over
 */
public record Withdrawal(long accepted, long stays, boolean finished) {

  static Withdrawal of(List<RoundRow> rounds, long machine, boolean finished) {
    long accepted =
        rounds.stream()
            .map(round -> round.facts().audit())
            .filter(audit -> audit != null)
            .mapToLong(RoundFacts.AuditFacts::accepted)
            .sum();
    return new Withdrawal(accepted, machine, finished);
  }

  static Withdrawal of(Certificate certificate) {
    long accepted = certificate.audits().stream().mapToLong(Certificate.Audit::accepted).sum();
    return new Withdrawal(accepted, certificate.counts().machine(), true);
  }

  /** How many labels are no longer the machine's; null when all still are. */
  public String gone() {
    long gone = accepted - stays;
    if (gone <= 0) {
      return null;
    }
    return stays == 0
        ? "None of the %s labels accepted from the model stands any more: they were taken back, or people labelled the items themselves."
            .formatted(Figures.count(accepted))
        : "Of the %s labels accepted from the model %s no longer %s: they were taken back, or people labelled the items themselves."
            .formatted(
                Figures.count(accepted), Figures.count(gone), gone == 1 ? "stands" : "stand");
  }

  /** Which labels are still the machine's, as the beginning of a sentence; null when none is. */
  public String remain() {
    return stays == 0
        ? null
        : stays == 1
            ? "The 1 label of the model that stays"
            : "The %s labels of the model that stay".formatted(Figures.count(stays));
  }

  /** How that sentence ends. */
  public String unpromised() {
    return (stays == 1 ? "carries" : "carry") + " no promise any more.";
  }

  /** What is done about the rest. */
  public String rest() {
    return finished
        ? "Nothing more was accepted. Human labels were not touched."
        : "Nothing more is accepted, and people label the rest. Human labels are not touched.";
  }
}
