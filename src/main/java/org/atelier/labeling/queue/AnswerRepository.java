package org.atelier.labeling.queue;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** SQL on answers. Every method runs in the caller's transaction. */
@Singleton
class AnswerRepository {

  private static final String ANSWER =
      """
      select id, task_id, lease_id, worker_id, client_key, class_indexes, reason, active_millis,
        answered_at, received_at, surplus, undone_at, replaced_at
      from labeling.answer
      """;

  private final Jdbi jdbi;

  AnswerRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Optional<AnswerRow> byKey(UUID workerId, UUID key) {
    return jdbi.withHandle(
        h ->
            h.createQuery(ANSWER + "where worker_id = :worker and client_key = :key")
                .bind("worker", workerId)
                .bind("key", key)
                .map(QueueRepository.mapper(AnswerRow.class))
                .findOne());
  }

  Optional<AnswerRow> byId(UUID jobId, UUID workerId, UUID answerId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(ANSWER + "where id = :id and job_id = :job and worker_id = :worker")
                .bind("id", answerId)
                .bind("job", jobId)
                .bind("worker", workerId)
                .map(QueueRepository.mapper(AnswerRow.class))
                .findOne());
  }

  /** The answers that count, in order of arrival. */
  List<AnswerRow> current(UUID taskId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    ANSWER
                        + """
                        where task_id = :task and undone_at is null and replaced_at is null
                        order by received_at, id
                        """)
                .bind("task", taskId)
                .map(QueueRepository.mapper(AnswerRow.class))
                .list());
  }

  /** Stores an answer; false when the worker's key is taken already. */
  boolean insert(UUID jobId, AnswerRow answer) {
    return jdbi.withHandle(
        h ->
            Rows.bind(
                        h.createUpdate(
                                """
                                insert into labeling.answer (id, job_id, task_id, lease_id, worker_id,
                                  client_key, class_indexes, reason, active_millis, answered_at,
                                  received_at, surplus)
                                values (:id, :job, :taskId, :leaseId, :workerId, :clientKey,
                                  :classIndexes, :reason, :activeMillis, :answeredAt, :receivedAt, :surplus)
                                on conflict (worker_id, client_key) do nothing
                                """)
                            .bind("job", jobId),
                        answer)
                    .execute()
                == 1);
  }

  /** Stores an answer and ends its lease; false, and nothing is done, when the key is taken. */
  boolean insertEnding(UUID jobId, AnswerRow answer) {
    return jdbi.withHandle(
        h ->
            Rows.bind(
                        h.createUpdate(
                                """
                                with kept as (
                                  insert into labeling.answer (id, job_id, task_id, lease_id,
                                    worker_id, client_key, class_indexes, reason, active_millis,
                                    answered_at, received_at, surplus)
                                  values (:id, :job, :taskId, :leaseId, :workerId, :clientKey,
                                    :classIndexes, :reason, :activeMillis, :answeredAt,
                                    :receivedAt, :surplus)
                                  on conflict (worker_id, client_key) do nothing
                                  returning lease_id)
                                update labeling.lease l
                                set state = 'ANSWERED', ended_at = :receivedAt
                                from kept where l.id = kept.lease_id
                                """)
                            .bind("job", jobId),
                        answer)
                    .execute()
                == 1);
  }

  void markUndone(UUID answerId, Instant now) {
    mark("update labeling.answer set undone_at = :now where id = :id", answerId, now);
  }

  void markReplaced(UUID answerId, Instant now) {
    mark("update labeling.answer set replaced_at = :now where id = :id", answerId, now);
  }

  private void mark(String sql, UUID answerId, Instant now) {
    jdbi.useHandle(h -> h.createUpdate(sql).bind("now", now).bind("id", answerId).execute());
  }
}
