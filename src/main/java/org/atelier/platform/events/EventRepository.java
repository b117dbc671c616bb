package org.atelier.platform.events;

import jakarta.inject.Singleton;
import java.time.Instant;
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

  /** Whether a project still has the event with an id. */
  boolean isKept(UUID project, long id) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select exists (select from platform.outbox
                      where id = :id and project_id = :project)
                    """)
                .bind("project", project)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Removes some events from before an instant. The newest of each project stays, so that a reader
   * of a quiet project finds its place.
   *
   * @return how many were removed, below the limit when none is left
   */
  int removeBefore(Instant instant, int limit) {
    return jdbi.inTransaction(
        h ->
            h.createUpdate(
                    """
                    delete from platform.outbox where id in (
                      select o.id from platform.outbox o
                      where o.at < :instant and (o.project_id is null or exists (
                        select from platform.outbox n where n.project_id = o.project_id
                          and (n.transaction_id, n.id) > (o.transaction_id, o.id)))
                      limit :limit)
                    """)
                .bind("instant", instant)
                .bind("limit", limit)
                .execute());
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
