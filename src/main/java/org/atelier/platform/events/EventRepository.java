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

  /** Id of the last event from before an instant, 0 when there is none. */
  long lastBefore(Instant instant) {
    // The sum keeps PostgreSQL from looking through all later events from the end.
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select coalesce(max(id + 0), 0) from platform.outbox where at < :instant")
                .bind("instant", instant)
                .mapTo(Long.class)
                .one());
  }

  /**
   * Of the next events in order of their ids, removes those from before an instant. The newest of
   * each project stays, so that a reader of a quiet project finds its place. What earlier calls
   * went through is not read again.
   *
   * @param after the last id that was gone through, 0 for none
   * @param last where to end
   * @param limit most events to go through
   * @return the last id that was gone through; {@code last} at the end
   */
  long removeBefore(Instant instant, long after, long last, int limit) {
    return jdbi.inTransaction(
        h -> {
          long end =
              h.createQuery(
                      """
                      select coalesce(max(id), :last) from (select id from platform.outbox
                        where id > :after and id <= :last order by id limit :limit) next
                      """)
                  .bind("after", after)
                  .bind("last", last)
                  .bind("limit", limit)
                  .mapTo(Long.class)
                  .one();
          h.createUpdate(
                  """
                  delete from platform.outbox o where o.id > :after and o.id <= :end
                    and o.at < :instant and (o.project_id is null or exists (
                      select from platform.outbox n where n.project_id = o.project_id
                        and (n.transaction_id, n.id) > (o.transaction_id, o.id)))
                  """)
              .bind("after", after)
              .bind("end", end)
              .bind("instant", instant)
              .execute();
          return end;
        });
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
