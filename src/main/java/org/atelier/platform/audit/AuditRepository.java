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

  /**
   * Visits all acts in a project, oldest first. Nothing of the database is held while the sink
   * takes a row, however slowly.
   */
  void all(UUID project, Sink sink) throws IOException {
    long after = 0;
    List<AuditRow> rows;
    do {
      rows = following(project, after);
      for (AuditRow row : rows) {
        sink.accept(row);
        after = row.id();
      }
    } while (rows.size() == FETCH);
  }

  private List<AuditRow> following(UUID project, long after) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select "
                        + COLUMNS
                        + """
                         from platform.audit_entry where project_id = :project and id > :after
                        order by id limit :limit
                        """)
                .bind("project", project)
                .bind("after", after)
                .bind("limit", FETCH)
                .map(RecordMapper.of(AuditRow.class))
                .list());
  }
}
