package org.atelier.learning.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.learning.campaign.StopReason;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Update;

/** SQL of {@code learning.learner}, {@code learning.step} and {@code learning.round}. */
final class LearnerRepository {

  private static final RowMapper<LearnerRow> LEARNER = RecordMapper.of(LearnerRow.class);
  private static final RowMapper<StepRow> STEP = RecordMapper.of(StepRow.class);
  private static final String COLUMNS =
      """
      job_id, project_id, running, phase, phase_reason, phase_since, dataset_id, dataset_version,
      feature_set_id, round, step, state_sha256, settled_at_step, open_after_step,
      reserve_used, work_id, stop, start_job_id, start_round, start_model_sha256, start_note,
      progress_seen, progress_at,
      withdrawn_at, withdrawn_why, refused, revision\
      """;

  private final Jdbi jdbi;
  private final ObjectMapper json;

  LearnerRepository(Jdbi jdbi, ObjectMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  void insert(
      UUID jobId,
      UUID projectId,
      LearnerPhase phase,
      String reason,
      UUID datasetId,
      int version,
      Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.learner (job_id, project_id, running, phase, phase_reason,
                      phase_since, dataset_id, dataset_version)
                    values (:job, :project, true, :phase, :reason, :now, :dataset, :version)
                    on conflict (job_id) do nothing
                    """)
                .bind("job", jobId)
                .bind("project", projectId)
                .bind("phase", phase.name())
                .bind("reason", reason)
                .bind("now", now)
                .bind("dataset", datasetId)
                .bind("version", version)
                .execute());
  }

  Optional<LearnerRow> find(UUID jobId) {
    return one("select " + COLUMNS + " from learning.learner where job_id = :job", jobId);
  }

  /** Reads and holds the row until the transaction ends. */
  Optional<LearnerRow> lock(UUID jobId) {
    return one(
        "select " + COLUMNS + " from learning.learner where job_id = :job for update", jobId);
  }

  private Optional<LearnerRow> one(String sql, UUID jobId) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind("job", jobId).map(LEARNER).findOne());
  }

  /** Jobs that run and whose loop can still do something. */
  List<UUID> running() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id from learning.learner
                    where running and phase <> 'FINISHED' order by job_id
                    """)
                .mapTo(UUID.class)
                .list());
  }

  void running(UUID jobId, boolean running) {
    change(
        """
        update learning.learner set running = :running, refused = refused and not :running,
          revision = revision + 1
        where job_id = :job
        """,
        jobId,
        update -> update.bind("running", running));
  }

  void phase(UUID jobId, LearnerPhase phase, String reason, Instant now) {
    change(
        """
        update learning.learner set phase = :phase, phase_reason = :reason, phase_since = :now,
          revision = revision + 1
        where job_id = :job
        """,
        jobId,
        update -> update.bind("phase", phase.name()).bind("reason", reason).bind("now", now));
  }

  void stop(UUID jobId, StopReason stop) {
    change(
        "update learning.learner set stop = :stop where job_id = :job",
        jobId,
        update -> update.bind("stop", stop == null ? null : stop.name()));
  }

  /** Notes how many answers and declines there are, and since when. */
  void progress(UUID jobId, long seen, Instant now) {
    change(
        """
        update learning.learner set progress_seen = :seen, progress_at = :now where job_id = :job
        """,
        jobId,
        update -> update.bind("seen", seen).bind("now", now));
  }

  void version(UUID jobId, int version) {
    change(
        """
        update learning.learner set dataset_version = :version, revision = revision + 1
        where job_id = :job
        """,
        jobId,
        update -> update.bind("version", version));
  }

  void features(UUID jobId, UUID featureSetId) {
    change(
        """
        update learning.learner set feature_set_id = :set, revision = revision + 1
        where job_id = :job
        """,
        jobId,
        update -> update.bind("set", featureSetId));
  }

  void work(UUID jobId, UUID workId) {
    change(
        "update learning.learner set work_id = :work, revision = revision + 1 where job_id = :job",
        jobId,
        update -> update.bind("work", workId));
  }

  void withdrawn(UUID jobId, String why, Instant now) {
    change(
        """
        update learning.learner set withdrawn_at = :now, withdrawn_why = :why,
          revision = revision + 1
        where job_id = :job
        """,
        jobId,
        update -> update.bind("now", now).bind("why", why));
  }

  /** Notes what the tasks were when a step found nothing to do. */
  void looked(UUID jobId, long settled, long open) {
    change(
        """
        update learning.learner set settled_at_step = :settled, open_after_step = :open
        where job_id = :job
        """,
        jobId,
        update -> update.bind("settled", settled).bind("open", open));
  }

  /** Notes, until the job runs again, that it rests because its promise cannot be kept. */
  void refused(UUID jobId) {
    change(
        "update learning.learner set refused = true, revision = revision + 1 where job_id = :job",
        jobId,
        update -> {});
  }

  void reserveUsed(UUID jobId, int used, long open) {
    change(
        """
        update learning.learner set reserve_used = :used, open_after_step = :open
        where job_id = :job
        """,
        jobId,
        update -> update.bind("used", used).bind("open", open));
  }

  /** Moves the learner from the step's number to the next. */
  void applied(StepRow step, long settled, long open, Instant now) {
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(
                  """
                  update learning.learner set step = :step + 1, round = :round,
                    state_sha256 = :state, settled_at_step = :settled, open_after_step = :open,
                    reserve_used = 0, revision = revision + 1
                  where job_id = :job and step = :step
                  """)
              .bind("job", step.jobId())
              .bind("step", step.number())
              .bind("round", step.round())
              .bind("state", step.stateSha256())
              .bind("settled", settled)
              .bind("open", open)
              .execute();
          handle
              .createUpdate(
                  """
                  update learning.step set applied_at = :now where job_id = :job and number = :step
                  """)
              .bind("job", step.jobId())
              .bind("step", step.number())
              .bind("now", now)
              .execute();
        });
  }

  void plan(StepRow step) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.step (job_id, number, round, phase, directive_sha256,
                      state_sha256, model_sha256, planned_at)
                    values (:job, :number, :round, :phase, :directive, :state, :model, :planned)
                    on conflict (job_id, number) do nothing
                    """)
                .bind("job", step.jobId())
                .bind("number", step.number())
                .bind("round", step.round())
                .bind("phase", step.phase().name())
                .bind("directive", step.directiveSha256())
                .bind("state", step.stateSha256())
                .bind("model", step.modelSha256())
                .bind("planned", step.plannedAt())
                .execute());
  }

  Optional<StepRow> step(UUID jobId, int number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id, number, round, phase, directive_sha256, state_sha256,
                      model_sha256, planned_at, applied_at
                    from learning.step where job_id = :job and number = :number
                    """)
                .bind("job", jobId)
                .bind("number", number)
                .map(STEP)
                .findOne());
  }

  /**
   * Keeps a round.
   *
   * @param lists null to keep what there is
   */
  void round(
      UUID jobId, int number, String modelSha256, RoundFacts facts, RoundLists lists, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.round
                      (job_id, number, model_sha256, report, lists, started_at, changed_at)
                    values (:job, :number, :model, cast(:report as jsonb), cast(:lists as jsonb),
                      :now, :now)
                    on conflict (job_id, number) do update set
                      model_sha256 = coalesce(excluded.model_sha256, round.model_sha256),
                      report = excluded.report, lists = coalesce(excluded.lists, round.lists),
                      changed_at = excluded.changed_at
                    """)
                .bind("job", jobId)
                .bind("number", number)
                .bind("model", modelSha256)
                .bind("report", write(facts))
                .bind("lists", lists == null ? null : write(lists))
                .bind("now", now)
                .execute());
  }

  /** What a round points at; empty lists when there is none. */
  RoundLists lists(UUID jobId, int number) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select lists::text from learning.round
                        where job_id = :job and number = :number and lists is not null
                        """)
                    .bind("job", jobId)
                    .bind("number", number)
                    .mapTo(String.class)
                    .findOne())
        .map(text -> read(text, RoundLists.class))
        .orElse(RoundLists.EMPTY);
  }

  Optional<RoundRow> round(UUID jobId, int number) {
    return rounds(jobId, number).stream().findFirst();
  }

  /** Rounds, oldest first. */
  List<RoundRow> rounds(UUID jobId) {
    return rounds(jobId, null);
  }

  private List<RoundRow> rounds(UUID jobId, Integer number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select number, model_sha256, report::text as report, started_at, changed_at
                    from learning.round
                    where job_id = :job and (cast(:number as int) is null or number = :number)
                    order by number
                    """)
                .bind("job", jobId)
                .bind("number", number)
                .map(
                    (row, context) ->
                        new RoundRow(
                            row.getInt("number"),
                            row.getString("model_sha256"),
                            read(row.getString("report"), RoundFacts.class),
                            row.getTimestamp("started_at").toInstant(),
                            row.getTimestamp("changed_at").toInstant()))
                .list());
  }

  /** Digest of the model of the newest round up to this one that has one; null without any. */
  String modelOf(UUID jobId, int round) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select model_sha256 from learning.round
                    where job_id = :job and number <= :round and model_sha256 is not null
                    order by number desc limit 1
                    """)
                .bind("job", jobId)
                .bind("round", round)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
  }

  private void change(String sql, UUID jobId, java.util.function.Consumer<Update> bind) {
    jdbi.useHandle(
        handle -> {
          Update update = handle.createUpdate(sql).bind("job", jobId);
          bind.accept(update);
          update.execute();
        });
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A round cannot be written as JSON", e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A round cannot be read", e);
    }
  }
}
