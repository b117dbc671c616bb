package org.atelier.labeling.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.atelier.labeling.LabelingProblem;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** What labelers ask the team lead about items, and the answers. */
@ApplicationScoped
public class Questions {

  /** How many questions a page shows. */
  public static final int PAGE = 50;

  private static final String QUESTION =
      """
      select q.id, q.item_id, i.external_id, a.display_name as asked_by, q.text, q.asked_at,
        q.answer, b.display_name as answered_by, q.answered_at, j.title as job_title
      from labeling.question q
      join labeling.job j on j.id = q.job_id
      join dataset.item i on i.id = q.item_id
      join workforce.person a on a.id = q.asked_by
      left join workforce.person b on b.id = q.answered_by
      where
      """;

  private final Jdbi jdbi;
  private final QueueRepository queue;
  private final LeaseRepository leases;
  private final Clock clock;

  Questions(Jdbi jdbi, QueueRepository queue, LeaseRepository leases, Clock clock) {
    this.jdbi = jdbi;
    this.queue = queue;
    this.leases = leases;
    this.clock = clock;
  }

  /**
   * A question with what is needed to show it.
   *
   * @param answer null while it is open
   */
  public record QuestionRow(
      UUID id,
      UUID itemId,
      String externalId,
      String askedBy,
      String text,
      Instant askedAt,
      String answer,
      String answeredBy,
      Instant answeredAt,
      String jobTitle) {}

  /**
   * Asks about an item the person holds or held.
   *
   * @param text 1 to 2,000 characters
   * @return id of the question
   */
  @Transactional
  public UUID ask(UUID projectId, UUID jobId, UUID personId, UUID leaseId, String text) {
    LeaseRow lease =
        queue
            .job(jobId)
            .filter(job -> job.projectId().equals(projectId))
            .flatMap(job -> leases.lease(leaseId, jobId, personId))
            .orElseThrow(
                () ->
                    new ProblemException(
                        LabelingProblem.LEASE_NOT_FOUND, "This task was never in your hands."));
    String words = text == null ? "" : text.strip();
    if (words.isEmpty() || words.length() > 2_000) {
      throw ProblemException.invalid("text", "Write a question of 1 to 2,000 characters.");
    }
    UUID id = Ids.next();
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    insert into labeling.question
                      (id, job_id, task_id, item_id, asked_by, text, asked_at)
                    select :id, t.job_id, t.id, t.item_id, :person, :text, :now
                    from labeling.task t where t.id = :task
                    """)
                .bind("id", id)
                .bind("person", personId)
                .bind("text", words)
                .bind("now", clock.instant())
                .bind("task", lease.taskId())
                .execute());
    return id;
  }

  /** Answers a question (again). */
  @Transactional
  public void answer(UUID jobId, UUID questionId, UUID personId, String text) {
    String words = text == null ? "" : text.strip();
    if (words.isEmpty() || words.length() > 2_000) {
      throw ProblemException.invalid("answer", "Write an answer of 1 to 2,000 characters.");
    }
    int changed =
        jdbi.withHandle(
            h ->
                h.createUpdate(
                        """
                        update labeling.question
                        set answer = :text, answered_by = :person, answered_at = :now, seen_at = null
                        where id = :id and job_id = :job
                        """)
                    .bind("text", words)
                    .bind("person", personId)
                    .bind("now", clock.instant())
                    .bind("id", questionId)
                    .bind("job", jobId)
                    .execute());
    if (changed == 0) {
      throw new ProblemException(
          LabelingProblem.QUESTION_NOT_FOUND, "The job has no such question.");
    }
  }

  /** The newest answered questions of one person in a job. */
  @Transactional
  public List<QuestionRow> answered(UUID jobId, UUID askedBy) {
    return read(
        "q.job_id = :job and q.asked_by = :person and q.answer is not null"
            + " order by q.id desc limit :page",
        query -> query.bind("job", jobId).bind("person", askedBy));
  }

  /**
   * Questions of a job, newest first, 50 at a time.
   *
   * @param open those that wait for an answer, or those that have one
   * @param before id of the last question seen, null for the newest
   */
  @Transactional
  public List<QuestionRow> page(UUID jobId, boolean open, UUID before) {
    return read(
        (open ? "q.job_id = :job and q.answer is null" : "q.job_id = :job and q.answer is not null")
            + " and (cast(:before as uuid) is null or q.id < :before)"
            + " order by q.id desc limit :page",
        query -> query.bind("job", jobId).bind("before", before));
  }

  /**
   * Answers the person who asked has not been shown yet, newest answer first.
   *
   * @param seen questions whose answers were shown meanwhile: they are not told again
   */
  @Transactional
  public List<QuestionRow> news(UUID jobId, UUID askedBy, Collection<UUID> seen) {
    if (!seen.isEmpty()) {
      jdbi.useHandle(
          h ->
              h.createUpdate(
                      """
                      update labeling.question set seen_at = :now
                      where id = any(:seen) and job_id = :job and asked_by = :person
                        and answer is not null and seen_at is null
                      """)
                  .bind("now", clock.instant())
                  .bind("seen", seen.toArray(new UUID[0]))
                  .bind("job", jobId)
                  .bind("person", askedBy)
                  .execute());
    }
    return read(
        "q.job_id = :job and q.asked_by = :person and q.answer is not null and q.seen_at is null"
            + " order by q.answered_at desc, q.id desc limit :page",
        query -> query.bind("job", jobId).bind("person", askedBy));
  }

  /**
   * A person's own questions in a project, open and answered, newest first, 50 at a time.
   *
   * @param before id of the last question seen, null for the newest
   */
  @Transactional
  public List<QuestionRow> own(UUID projectId, UUID askedBy, UUID before) {
    return read(
        "q.asked_by = :person and j.project_id = :project"
            + " and (cast(:before as uuid) is null or q.id < :before)"
            + " order by q.id desc limit :page",
        query -> query.bind("person", askedBy).bind("project", projectId).bind("before", before));
  }

  /**
   * How many questions wait in the unfinished jobs of a project, counted up to 100; none for a
   * person who does not answer questions there.
   */
  @Transactional
  public int waiting(UUID projectId, UUID personId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select count(*) from (
                      select from labeling.question q join labeling.job j on j.id = q.job_id
                      where j.project_id = :project and j.state in ('RUNNING', 'PAUSED')
                        and q.answer is null and exists (
                          select from workforce.project_member m
                          where m.project_id = j.project_id and m.person_id = :person
                            and m.role in ('REVIEWER', 'MANAGER'))
                      limit 100) as waiting
                    """)
                .bind("project", projectId)
                .bind("person", personId)
                .mapTo(Integer.class)
                .one());
  }

  private List<QuestionRow> read(String condition, UnaryOperator<Query> bindings) {
    return jdbi.withHandle(
        h ->
            bindings
                .apply(h.createQuery(QUESTION + condition))
                .bind("page", PAGE)
                .map(Rows.mapper(QuestionRow.class))
                .list());
  }
}
