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
   * Events of a project after the one with an id (0: from the first), in the order in which their
   * transactions began. Events whose transactions may still have open elder neighbours are held
   * back, so that a reader who remembers the last id misses nothing and sees nothing twice.
   */
  List<EventRow> after(UUID project, long id, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, at, project_id, type, subject_id, payload::text as payload
                    from platform.outbox
                    where project_id = :project
                      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                      and (transaction_id, id) > (coalesce((select o.transaction_id
                        from platform.outbox o where o.id = :id and o.project_id = :project),
                        cast('0' as xid8)), cast(:id as bigint))
                    order by transaction_id, id limit :limit
                    """)
                .bind("project", project)
                .bind("id", id)
                .bind("limit", limit)
                .map(RecordMapper.of(EventRow.class))
                .list());
  }
}
