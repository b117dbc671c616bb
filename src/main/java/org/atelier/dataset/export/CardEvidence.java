package org.atelier.dataset.export;

import java.util.Locale;
import org.atelier.dataset.LabelEvidence;

/** What the card of a dataset says of how its labels came about. Pure. */
final class CardEvidence {

  private CardEvidence() {}

  /**
   * Paragraphs of Markdown, each after an empty line; empty where nothing is to be said.
   *
   * @param address of the installation, without a slash at its end
   */
  static String of(LabelEvidence.About about, String address) {
    if (about == null) {
      return "";
    }
    String rehearsal =
        about.isRehearsal()
            ? String.format(
                Locale.ROOT,
                "%n**This is a rehearsal.** %,d of %,d answers were given by simulated people, from"
                    + " labels that were known; `human` means them too.%n",
                about.simulatedAnswers(),
                about.answers())
            : "";
    LabelEvidence.Issued issued = about.certificate();
    return issued == null
        ? rehearsal
        : rehearsal
            + "%n## Certificate%n%n%s%n%nThe certificate, SHA-256 `%s`: <%s%s>%n"
                .formatted(issued.sentence(), issued.digest(), address, issued.path());
  }
}
