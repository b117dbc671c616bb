package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jdbi.v3.core.Jdbi;

/**
 * New-work notices: a row in the application for everybody who may work on a job, at most one an
 * hour, and an e-mail at most every twelve hours where a mail server is configured.
 */
@Singleton
class Notices {

  private static final Duration QUIET = Duration.ofHours(1);
  private static final Duration QUIET_MAIL = Duration.ofHours(12);

  private final Jdbi jdbi;
  private final Work work;
  private final Clock clock;
  private final boolean mails;

  Notices(Jdbi jdbi, Work work, Clock clock, Config configuration) {
    this.jdbi = jdbi;
    this.work = work;
    this.clock = clock;
    this.mails = isConfigured(configuration);
  }

  /** Whether somebody named a mail server; the default of the mailer does not count. */
  private static boolean isConfigured(Config configuration) {
    ConfigValue host = configuration.getConfigValue("quarkus.mailer.host");
    return host.getValue() != null && host.getSourceOrdinal() > 0;
  }

  /** Somebody to write to. */
  record Addressee(UUID personId, String email) {}

  /** Writes the notices, and queues the e-mails to be sent after the commit. */
  void announce(UUID jobId) {
    announce(jobId, false);
  }

  /** As {@link #announce}, also to those who saw the last notice within the hour. */
  void announceAgain(UUID jobId) {
    announce(jobId, true);
  }

  private void announce(UUID jobId, boolean again) {
    Instant now = clock.instant();
    int told =
        jdbi.withHandle(
            h ->
                h.createUpdate(
                        """
                        insert into labeling.notice as n (person_id, job_id, at)
                        select distinct p.id, j.id, cast(:now as timestamptz)
                        from labeling.job j
                        join workforce.project_member m on m.project_id = j.project_id
                        join workforce.person p on p.id = m.person_id
                          and p.disabled_at is null and not p.simulated
                        where j.id = :job
                          and case when j.everyone then m.role = 'LABELER'
                            else exists (select from labeling.job_worker w
                              where w.job_id = j.id and w.person_id = p.id) end
                        on conflict (person_id, job_id) do update
                          set at = excluded.at, seen_at = null
                          where n.at < :quiet or (:again and n.seen_at is not null)
                        """)
                    .bind("again", again)
                    .bind("now", now)
                    .bind("quiet", now.minus(QUIET))
                    .bind("job", jobId)
                    .execute());
    if (told > 0 && mails) {
      submitMails(jobId);
    }
  }

  private void submitMails(UUID jobId) {
    UUID project =
        jdbi.withHandle(
            h ->
                h.createQuery("select project_id from labeling.job where id = :job")
                    .bind("job", jobId)
                    .mapTo(UUID.class)
                    .one());
    work.submit(
        new WorkRequest(project, NoticeMails.KIND, jobId, "Tell labelers of new work", Map.of()));
  }

  /**
   * Takes the people to be written to now, marking them as written to. Notices outlive what they
   * were written for: nobody is taken who may not work on the job any more, or whose account is
   * closed.
   */
  List<Addressee> takeMails(UUID jobId) {
    Instant now = clock.instant();
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    update labeling.notice n set mailed_at = :now
                    from workforce.person p, labeling.job j
                    where n.job_id = :job and j.id = n.job_id and p.id = n.person_id
                      and n.seen_at is null and (n.mailed_at is null or n.mailed_at < :quiet)
                      and p.disabled_at is null
                      and exists (select from workforce.project_member m
                        where m.project_id = j.project_id and m.person_id = p.id
                          and (not j.everyone or m.role = 'LABELER'))
                      and (j.everyone or exists (select from labeling.job_worker w
                        where w.job_id = j.id and w.person_id = p.id))
                    returning n.person_id, p.email
                    """)
                .bind("now", now)
                .bind("quiet", now.minus(QUIET_MAIL))
                .bind("job", jobId)
                .map(Rows.mapper(Addressee.class))
                .list());
  }

  /** Gives people back whom no mail reached: the next notice writes to them again. */
  void returnMails(UUID jobId, List<UUID> people) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.notice set mailed_at = null
                    where job_id = :job and person_id = any(:people)
                    """)
                .bind("job", jobId)
                .bind("people", people.toArray(UUID[]::new))
                .execute());
  }

  /** Running jobs of a project with new work that the person has not seen. */
  List<UUID> unseen(UUID projectId, UUID personId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select j.id from labeling.notice n
                    join labeling.job j on j.id = n.job_id
                      and j.project_id = :project and j.state = 'RUNNING'
                    where n.person_id = :person and n.seen_at is null
                    """)
                .bind("project", projectId)
                .bind("person", personId)
                .mapTo(UUID.class)
                .list());
  }

  /** The person has seen that there is work in the job. */
  void seen(UUID jobId, UUID personId) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update labeling.notice set seen_at = :now
                    where job_id = :job and person_id = :person and seen_at is null
                    """)
                .bind("now", clock.instant())
                .bind("job", jobId)
                .bind("person", personId)
                .execute());
  }
}
