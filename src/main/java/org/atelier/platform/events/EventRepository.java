package org.atelier.platform.events;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

@Singleton
class EventRepository {

  private final Jdbi jdbi;

  EventRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Events of a project after an id, in order. Rows written by transactions that may still have
   * open neighbours are held back, so that a reader who remembers the last id misses nothing.
   */
  List<EventRow> after(UUID project, long id, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, at, project_id, type, subject_id, payload::text as payload
                    from platform.outbox
                    where project_id = :project and id > :id
                      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                    order by id limit :limit
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("limit", limit)
                .map(RecordMapper.of(EventRow.class))
                .list());
  }
}
