package org.atelier.platform.audit;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

@Singleton
class AuditRepository {

  private static final String COLUMNS =
      "id, at, person_name, action, subject_type, subject_id, details::text as details, request_id";
  private static final int FETCH = 500;

  private final Jdbi jdbi;

  AuditRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Acts in a project before the given id, newest first, optionally on one subject. */
  List<AuditRow> page(UUID project, UUID subject, long before, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select "
                        + COLUMNS
                        + """
                         from platform.audit_entry
                        where project_id = :project and id < :before
                          and (cast(:subject as uuid) is null or subject_id = :subject)
                        order by id desc limit :limit
                        """)
                .bind("project", project)
                .bind("subject", subject)
                .bind("before", before)
                .bind("limit", limit)
                .map(RecordMapper.of(AuditRow.class))
                .list());
  }

  /** Something that takes the rows one by one. */
  interface Sink {
    void accept(AuditRow row) throws IOException;
  }

  /** Streams all acts in a project, oldest first; needs a transaction around it. */
  void all(UUID project, Sink sink) throws IOException {
    jdbi.useHandle(
        h -> {
          try (var rows =
              h.createQuery(
                      "select "
                          + COLUMNS
                          + " from platform.audit_entry where project_id = :project order by id")
                  .bind("project", project)
                  .setFetchSize(FETCH)
                  .map(RecordMapper.of(AuditRow.class))
                  .iterator()) {
            while (rows.hasNext()) {
              sink.accept(rows.next());
            }
          }
        });
  }
}
