package org.atelier.labeling.queue;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Sends the e-mails about new work. A mail is sent at most once, so a crash may lose some; one that
 * is refused keeps nobody else's back and may be sent with the next notice.
 */
@Singleton
class NoticeMails implements WorkHandler {

  static final String KIND = "labeling-notice";

  private static final Logger LOG = Logger.getLogger(NoticeMails.class);

  private final Notices notices;
  private final Mailer mailer;
  private final Jdbi jdbi;
  private final String address;

  NoticeMails(Notices notices, Mailer mailer, Jdbi jdbi, BaseAddress address) {
    this.notices = notices;
    this.mailer = mailer;
    this.jdbi = jdbi;
    this.address = address.url();
  }

  private record About(String title, String slug) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) {
    UUID jobId = context.subjectId();
    About about = QuarkusTransaction.requiringNew().call(() -> about(jobId));
    List<Notices.Addressee> people =
        QuarkusTransaction.requiringNew().call(() -> notices.takeMails(jobId));
    List<UUID> unreached = new ArrayList<>();
    RuntimeException last = null;
    int tried = 0;
    for (Notices.Addressee person : people) {
      context.progress("Writing to people", tried++, people.size());
      try {
        write(jobId, about, person.email());
      } catch (RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LOG.warnf(e, "The notice of new work in job %s cannot be sent to a person", jobId);
        unreached.add(person.personId());
        last = e;
      }
    }
    context.progress("Writing to people", tried, people.size());
    if (!unreached.isEmpty()) {
      QuarkusTransaction.requiringNew().run(() -> notices.returnMails(jobId, unreached));
      context.log("%d of %d e-mails could not be sent.".formatted(unreached.size(), tried));
    }
    if (last != null && unreached.size() == tried) {
      throw last;
    }
  }

  private void write(UUID jobId, About about, String email) {
    mailer.send(
        Mail.withText(
            email,
            "There is new work: " + about.title(),
            "Items are waiting for you in “%s”.%n%n%s/p/%s/jobs/%s/work%n"
                .formatted(about.title(), address, about.slug(), jobId)));
  }

  private About about(UUID jobId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select j.title, p.slug from labeling.job j
                    join workforce.project p on p.id = j.project_id where j.id = :job
                    """)
                .bind("job", jobId)
                .map(Rows.mapper(About.class))
                .one());
  }
}
