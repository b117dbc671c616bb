package org.atelier.labeling.queue;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.BaseAddress;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.jdbi.v3.core.Jdbi;

/** Sends the e-mails about new work. A mail is sent at most once, so a crash may lose some. */
@Singleton
class NoticeMails implements WorkHandler {

  static final String KIND = "labeling-notice";

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
    int sent = 0;
    for (Notices.Addressee person : people) {
      context.progress("Writing to people", sent, people.size());
      mailer.send(
          Mail.withText(
              person.email(),
              "There is new work: " + about.title(),
              "Items are waiting for you in “%s”.%n%n%s/p/%s/jobs/%s/work%n"
                  .formatted(about.title(), address, about.slug(), jobId)));
      sent++;
    }
    context.progress("Writing to people", sent, people.size());
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
