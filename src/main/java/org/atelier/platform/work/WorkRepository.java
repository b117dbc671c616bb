package org.atelier.platform.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** SQL of {@code platform.work}, its checkpoint and its log. */
final class WorkRepository {

  static final String COLUMNS =
      """
      id, project_id, kind, subject_id, title, submitted_by, submitted_at, state, attempt,
      cancel_requested, phase, phase_done, phase_total, phase_started_at, phase_started_with,
      progress_at, started_at, finished_at, error\
      """;

  static final RowMapper<WorkView> VIEW =
      (row, context) ->
          new WorkView(
              row.getObject("id", UUID.class),
              row.getObject("project_id", UUID.class),
              row.getString("kind"),
              row.getObject("subject_id", UUID.class),
              row.getString("title"),
              row.getString("submitted_by"),
              instant(row.getObject("submitted_at", OffsetDateTime.class)),
              WorkState.valueOf(row.getString("state")),
              row.getInt("attempt"),
              row.getBoolean("cancel_requested"),
              row.getString("phase"),
              row.getLong("phase_done"),
              row.getLong("phase_total"),
              instant(row.getObject("phase_started_at", OffsetDateTime.class)),
              row.getLong("phase_started_with"),
              instant(row.getObject("progress_at", OffsetDateTime.class)),
              instant(row.getObject("started_at", OffsetDateTime.class)),
              instant(row.getObject("finished_at", OffsetDateTime.class)),
              row.getString("error"));

  private final Jdbi jdbi;
  private final ObjectMapper json;

  WorkRepository(Jdbi jdbi, ObjectMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  void insert(UUID id, WorkRequest request, String submittedBy, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into platform.work
                      (id, project_id, kind, subject_id, title, payload, submitted_by,
                       submitted_at, state)
                    values (:id, :project, :kind, :subject, :title, :payload::jsonb, :by,
                       :now, 'QUEUED')\
                    """)
                .bind("id", id)
                .bind("project", request.projectId())
                .bind("kind", request.kind())
                .bind("subject", request.subjectId())
                .bind("title", request.title())
                .bind("payload", write(request.payload()))
                .bind("by", submittedBy)
                .bind("now", utc(now))
                .execute());
  }

  /**
   * Takes a work for this attempt; empty when it was cancelled, finished, removed or scheduled
   * again meanwhile.
   *
   * @param instance under which it was scheduled; later ones are greater
   */
  Optional<WorkView> begin(UUID id, String instance, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update platform.work
                    set state = 'RUNNING', attempt = attempt + 1, error = null,
                      started_at = coalesce(started_at, :now), finished_at = null
                    where id = :id and state in ('QUEUED', 'RUNNING')
                      and not exists (select from platform.scheduled_task
                        where task_name = 'work' and starts_with(task_instance, cast(:id as text) || '/')
                          and task_instance > :instance)
                    returning\s\
                    """
                        + COLUMNS)
                .bind("id", id)
                .bind("instance", instance)
                .bind("now", utc(now))
                .map(VIEW)
                .findOne());
  }

  /** Takes a work out of the schedule; what a process has picked finds out when it begins. */
  void unschedule(UUID id) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from platform.scheduled_task
                    where task_name = 'work' and not picked
                      and (task_instance = :id or starts_with(task_instance, :id || '/'))
                    """)
                .bind("id", id.toString())
                .execute());
  }

  <T> T payload(UUID id, Class<T> type) {
    String text =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select payload::text from platform.work where id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .one());
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The payload of work " + id + " is no " + type, e);
    }
  }

  Optional<String> checkpoint(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select json::text from platform.work_checkpoint where work_id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
  }

  void checkpoint(UUID id, String text) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into platform.work_checkpoint (work_id, json)
                    values (:id, :json::jsonb)
                    on conflict (work_id) do update set json = excluded.json\
                    """)
                .bind("id", id)
                .bind("json", text)
                .execute());
  }

  void progress(UUID id, Progress progress) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update platform.work
                    set phase = :phase, phase_done = :done, phase_total = :total,
                      phase_started_at = :startedAt, phase_started_with = :startedWith,
                      progress_at = :at
                    where id = :id\
                    """)
                .bind("id", id)
                .bind("phase", progress.phase())
                .bind("done", progress.done())
                .bind("total", progress.total())
                .bind("startedAt", utc(progress.startedAt()))
                .bind("startedWith", progress.startedWith())
                .bind("at", utc(progress.at()))
                .execute());
  }

  void log(UUID id, List<WorkLogLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        handle -> {
          var batch =
              handle.prepareBatch(
                  "insert into platform.work_log (work_id, at, line) values (:id, :at, :line)");
          for (WorkLogLine line : lines) {
            batch.bind("id", id).bind("at", utc(line.at())).bind("line", line.line()).add();
          }
          batch.execute();
        });
  }

  /** Ends an attempt; a later attempt is left alone. */
  void finish(UUID id, int attempt, WorkState state, String error, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update platform.work
                    set state = :state, error = :error, cancel_requested = false,
                      finished_at = case when :state = 'QUEUED' then null else :now end
                    where id = :id and attempt = :attempt and state = 'RUNNING'\
                    """)
                .bind("id", id)
                .bind("attempt", attempt)
                .bind("state", state.name())
                .bind("error", error)
                .bind("now", utc(now))
                .execute());
  }

  /** Whether work is due that no process has taken. */
  boolean othersWait(Instant now) {
    String due =
        "select exists (select from platform.scheduled_task"
            + " where task_name = 'work' and not picked and execution_time <= :now)";
    return jdbi.withHandle(
        handle -> handle.createQuery(due).bind("now", utc(now)).mapTo(Boolean.class).one());
  }

  Set<UUID> cancelRequested(Collection<UUID> ids) {
    return jdbi.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(
                        "select id from platform.work where id = any(:ids) and cancel_requested")
                    .bind("ids", ids.toArray(UUID[]::new))
                    .mapTo(UUID.class)
                    .list()));
  }

  /**
   * Asks a running work to stop, or ends a waiting one at once.
   *
   * @return the state before; empty when it was finished already
   */
  Optional<WorkState> cancel(UUID id, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with before as (
                      select id, state from platform.work
                      where id = :id and state in ('QUEUED', 'RUNNING') for update)
                    update platform.work w
                    set cancel_requested = before.state = 'RUNNING',
                      state = case before.state when 'QUEUED' then 'CANCELLED' else 'RUNNING' end,
                      finished_at = case before.state when 'QUEUED' then :now end
                    from before where w.id = before.id
                    returning before.state\
                    """)
                .bind("id", id)
                .bind("now", utc(now))
                .mapTo(WorkState.class)
                .findOne());
  }

  /** Queues a failed or cancelled work again; false when it is neither. */
  boolean retry(UUID id) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update platform.work
                        set state = 'QUEUED', error = null, cancel_requested = false,
                          finished_at = null
                        where id = :id and state in ('FAILED', 'CANCELLED')\
                        """)
                    .bind("id", id)
                    .execute())
        == 1;
  }

  Optional<WorkView> find(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + COLUMNS + " from platform.work where id = :id")
                .bind("id", id)
                .map(VIEW)
                .findOne());
  }

  List<WorkLogLine> log(UUID id, int newest) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from (
                      select id, at, line from platform.work_log where work_id = :id
                      order by id desc limit :newest) lines
                    order by id\
                    """)
                .bind("id", id)
                .bind("newest", newest)
                .map(
                    (row, context) ->
                        new WorkLogLine(
                            row.getLong("id"),
                            instant(row.getObject("at", OffsetDateTime.class)),
                            row.getString("line")))
                .list());
  }

  private String write(Object payload) {
    try {
      return json.writeValueAsString(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The payload cannot be written as JSON", e);
    }
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
