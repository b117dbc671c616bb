package org.atelier.learning.dashboard;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.atelier.learning.certificate.Certificate;
import org.atelier.learning.certificate.CertificateView;
import org.atelier.learning.certificate.Unmeasured;

/**
 * A certificate with its numbers in words.
 *
 * @param projectName as the project is called now
 * @param labels names of the job's labels, in their order
 * @param house address of the installation that issued it
 */
public record CertificatePage(
    CertificateView view, String projectName, List<String> labels, String house) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Labels that are named; of more the number is told. */
  private static final int NAMED = 30;

  public Certificate document() {
    return view.document();
  }

  /** When it was issued: 1 December 2026, 03:14 UTC. */
  public String issued() {
    return DAY.format(document().issuedAt());
  }

  /** Who issued it, with the key it was signed with. */
  public String issuer() {
    return view.signedBy() == null
        ? "Atelier at %s, unsigned".formatted(house)
        : "Atelier at %s, with its evidence key %s".formatted(house, view.signedBy());
  }

  /** The labels by name: 3: Bag, Coat, Dress. */
  public String labelSet() {
    String named = String.join(", ", labels.subList(0, Math.min(NAMED, labels.size())));
    String more =
        labels.size() > NAMED ? " and " + Figures.count(labels.size() - NAMED) + " more" : "";
    return Figures.count(labels.size()) + ": " + named + more;
  }

  /** Whether there is a bound that stands. */
  public boolean bounded() {
    return document().guarantee().accuracyAtLeast() != null;
  }

  public boolean shortOfTarget() {
    return document().guarantee().state() == Certificate.State.SHORT_OF_TARGET;
  }

  public boolean withdrawn() {
    return document().guarantee().state() == Certificate.State.WITHDRAWN;
  }

  /** What became of the machine's labels; null unless the certificate was withdrawn. */
  public Withdrawal withdrawal() {
    return withdrawn() ? Withdrawal.of(document()) : null;
  }

  public String target() {
    return Figures.percent(document().guarantee().target());
  }

  public String risk() {
    return Figures.percent(document().guarantee().risk());
  }

  public String atLeast() {
    return Figures.atLeast(document().guarantee().accuracyAtLeast());
  }

  /** For the whole dataset; null when the promise is for the machine labels alone. */
  public String wholeAtLeast() {
    Double whole = document().guarantee().wholeAtLeast();
    return whole == null ? null : Figures.atLeast(whole);
  }

  public String expected() {
    return Figures.percent(document().guarantee().accuracyExpected());
  }

  public String human() {
    return Figures.count(document().counts().human());
  }

  public String machine() {
    return Figures.count(document().counts().machine());
  }

  public String unlabelled() {
    return Figures.count(document().counts().unlabelled());
  }

  public String answers() {
    return Figures.count(document().counts().answers());
  }

  /** Whether the document is the one that was signed. */
  public String signature() {
    return switch (view.signature()) {
      case VALID -> "valid, with the installation's evidence key " + view.signedBy();
      case CHANGED -> "not valid: the document is not the one that was signed";
      case UNKNOWN_KEY ->
          "cannot be checked: the evidence key " + view.signedBy() + " is not configured";
      case UNSIGNED -> "none: it was issued before certificates were signed";
    };
  }

  /** How often people differ, with what it rests on. */
  public String humanError() {
    Certificate.HumanError error = document().humanError();
    if (error.pairs() == 0) {
      return error.why() == null ? Unmeasured.NONE_DRAWN : error.why();
    }
    String compared =
        "A second person, who saw nothing but the item, gave the same answer to %s of %s items that were chosen at random; people differ on at most %s of the human labels."
            .formatted(
                Figures.count(error.agreeing()),
                Figures.count(error.pairs()),
                Figures.atMost(error.differAtMost()));
    long missing = error.items() - error.pairs();
    long unchecked = error.unchecked() == null ? 0 : error.unchecked();
    return missing + unchecked == 0
        ? compared
        : compared
            + " The bound counts as differing %s whose second answer never came and %s that could not be chosen."
                .formatted(Figures.count(missing), Figures.count(unchecked));
  }

  /** How the watch after acceptance stood, in words; null without one. */
  public String watch() {
    Certificate.Watch watch = document().watch();
    return watch == null ? null : QualityReading.watchAtTheEnd(watch, document().guarantee());
  }

  /** The audits, line by line. */
  public List<AuditLine> audits() {
    return document().audits().stream().map(AuditLine::new).toList();
  }

  /** One audit. */
  public record AuditLine(Certificate.Audit audit) {

    public String candidates() {
      return Figures.count(audit.candidates());
    }

    public String accepted() {
      return Figures.count(audit.accepted());
    }

    public String drawn() {
      return Figures.count(audit.drawn());
    }

    public String atLeast() {
      return Figures.atLeast(audit.accuracyAtLeast());
    }

    public String risk() {
      return Figures.percent(audit.risk());
    }
  }
}
