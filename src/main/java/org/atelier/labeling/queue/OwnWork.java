package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.labeling.LabelingProblem;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Jdbi;

/** What one person did in a project; nobody else's work is ever compared with it. */
@ApplicationScoped
public class OwnWork {

  /** How many answers are listed at once. */
  public static final int PAGE = 50;

  private final Jdbi jdbi;
  private final Notices notices;
  private final OpenForPerson openFor;
  private final Clock clock;

  OwnWork(Jdbi jdbi, Notices notices, OpenForPerson openFor, Clock clock) {
    this.jdbi = jdbi;
    this.notices = notices;
    this.openFor = openFor;
    this.clock = clock;
  }

  /**
   * An own answer.
   *
   * @param correctable whether it can still be changed
   */
  public record OwnAnswer(
      UUID id,
      UUID jobId,
      String jobTitle,
      UUID itemId,
      String externalId,
      int[] classIndexes,
      int activeMillis,
      Instant receivedAt,
      boolean correctable) {}

  /** Answers and active time, skipped items included, of one day (UTC) in one job. */
  public record Day(LocalDate day, UUID jobId, String jobTitle, long answers, long activeMillis) {}

  /**
   * A job the person may work on.
   *
   * @param open tasks that the person holds or could be given, as counted a moment ago; above
   *     10,000 no more is counted
   * @param fresh whether there is new work for the person that the person has not looked at
   */
  public record OpenJob(UUID id, String title, String state, int open, long mine, boolean fresh) {}

  private record Mine(
      UUID id, String title, String state, long mine, boolean fresh, boolean more) {}

  /** Counts for the work page. */
  public record Counts(long answers, long today, long activeMillisToday) {}

  private static final String ANSWER =
      """
      select a.id, j.id as job_id, j.title as job_title, i.id as item_id, i.external_id,
        a.class_indexes, a.active_millis, a.received_at,
        j.state in ('RUNNING', 'PAUSED', 'FAILED') and t.round > j.closed_round as correctable
      from labeling.answer a
      join labeling.job j on j.id = a.job_id
      join labeling.task t on t.id = a.task_id
      join dataset.item i on i.id = t.item_id
      where j.project_id = :project and a.worker_id = :person
        and a.undone_at is null and a.replaced_at is null
      """;

  /**
   * Own current answers in a project, newest first, 50 at a time.
   *
   * @param jobId only in this job, null for all
   * @param text how the item's external id begins, empty for all
   * @param beforeId the last answer seen, null for the newest
   */
  @Transactional
  public List<OwnAnswer> answers(
      UUID projectId, UUID personId, UUID jobId, String text, UUID beforeId) {
    String conditions =
        (jobId == null ? "" : " and a.job_id = :job")
            + (text.isEmpty() ? "" : " and starts_with(i.external_id, :text)")
            + (beforeId == null ? "" : " and a.id < :before")
            + " order by a.id desc limit :page";
    return jdbi.withHandle(
        h ->
            h.createQuery(ANSWER + conditions)
                .bind("project", projectId)
                .bind("person", personId)
                .bind("job", jobId)
                .bind("text", text)
                .bind("before", beforeId)
                .bind("page", PAGE)
                .map(Rows.mapper(OwnAnswer.class))
                .list());
  }

  /** One own current answer. */
  @Transactional
  public Optional<OwnAnswer> answer(UUID projectId, UUID personId, UUID answerId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(ANSWER + "and a.id = :answer")
                .bind("project", projectId)
                .bind("person", personId)
                .bind("answer", answerId)
                .map(Rows.mapper(OwnAnswer.class))
                .findOne());
  }

  /**
   * As {@link #answer}.
   *
   * @throws ProblemException answer-not-found when the person gave no such answer
   */
  public OwnAnswer required(UUID projectId, UUID personId, UUID answerId) {
    return answer(projectId, personId, answerId).orElseThrow(OwnWork::unknown);
  }

  /**
   * The job that the person gave an answer in, also when the answer was corrected since: whether it
   * can be corrected, or was by the same key, is the queue's to say.
   *
   * @throws ProblemException answer-not-found when the person gave no such answer, or took it back
   */
  @Transactional
  public UUID jobOf(UUID projectId, UUID personId, UUID answerId) {
    return jdbi.withHandle(
            h ->
                h.createQuery(
                        """
                        select j.id from labeling.answer a join labeling.job j on j.id = a.job_id
                        where a.id = :answer and j.project_id = :project
                          and a.worker_id = :person and a.undone_at is null
                        """)
                    .bind("answer", answerId)
                    .bind("project", projectId)
                    .bind("person", personId)
                    .mapTo(UUID.class)
                    .findOne())
        .orElseThrow(OwnWork::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(LabelingProblem.ANSWER_NOT_FOUND, "You gave no such answer.");
  }

  /** Time and answers per day and job, newest day first. Undone answers cost time and count. */
  @Transactional
  public List<Day> days(UUID projectId, UUID personId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select d.day, j.id as job_id, j.title as job_title, d.answers,
                      d.active_millis + d.skipped_millis as active_millis
                    from labeling.worker_day d join labeling.job j on j.id = d.job_id
                    where d.worker_id = :person and j.project_id = :project
                    order by d.day desc, j.title, j.id
                    """)
                .bind("project", projectId)
                .bind("person", personId)
                .map(Rows.mapper(Day.class))
                .list());
  }

  /** The person's counts in one job. */
  public Counts counts(UUID jobId, UUID personId) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select coalesce(sum(answers), 0) as answers,
                      coalesce(sum(answers) filter (where day = :today), 0) as today,
                      coalesce(sum(active_millis + skipped_millis) filter (where day = :today), 0)
                        as active_millis_today
                    from labeling.worker_day where job_id = :job and worker_id = :person
                    """)
                .bind("today", today)
                .bind("job", jobId)
                .bind("person", personId)
                .map(Rows.mapper(Counts.class))
                .one());
  }

  /** Unfinished jobs the person may work on, newest first. */
  @Transactional
  public List<OpenJob> jobs(UUID projectId, UUID personId) {
    return mine(projectId, personId).stream()
        .map(
            job -> {
              int open = openFor.of(job.id(), personId, job.more());
              boolean fresh = job.fresh() && open > 0;
              return new OpenJob(job.id(), job.title(), job.state(), open, job.mine(), fresh);
            })
        .toList();
  }

  private List<Mine> mine(UUID projectId, UUID personId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select j.id, j.title, j.state,
                      (select coalesce(sum(d.answers), 0) from labeling.worker_day d
                        where d.job_id = j.id and d.worker_id = :person) as mine,
                      exists (select from labeling.notice n where n.job_id = j.id
                        and n.person_id = :person and n.seen_at is null) as fresh,
                      j.next_ordinal is not null as more
                    from labeling.job j
                    where j.project_id = :project and j.state in ('RUNNING', 'PAUSED')
                      and case when j.everyone then exists (
                          select from workforce.project_member m where m.project_id = j.project_id
                            and m.person_id = :person and m.role = 'LABELER')
                        else exists (select from labeling.job_worker w
                          where w.job_id = j.id and w.person_id = :person) end
                    order by j.id desc limit 100
                    """)
                .bind("project", projectId)
                .bind("person", personId)
                .map(Rows.mapper(Mine.class))
                .list());
  }

  /** Remembers that the person looked at a job's work. */
  @Transactional
  public void seen(UUID jobId, UUID personId) {
    notices.seen(jobId, personId);
  }
}
