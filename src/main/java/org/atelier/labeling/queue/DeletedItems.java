package org.atelier.labeling.queue;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Takes deleted items out of every queue and ends their labels. */
@Singleton
class DeletedItems {

  private final Jdbi jdbi;
  private final Clock clock;

  DeletedItems(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  void forget(@Observes ItemDeleted deleted) {
    UUID[] items = deleted.itemIds().toArray(new UUID[0]);
    Instant now = clock.instant();
    jdbi.useHandle(
        h -> {
          lockJobs(h, deleted.datasetId());
          List<UUID> tasks = withdraw(h, deleted.datasetId(), items);
          h.createUpdate(
                  """
                  update labeling.lease set state = 'RELEASED', ended_at = :now
                  where task_id = any(:tasks) and state = 'ACTIVE'
                  """)
              .bind("now", now)
              .bind("tasks", tasks.toArray(new UUID[0]))
              .execute();
          h.createUpdate(
                  """
                  update labeling.label
                  set superseded_at = :now, superseded_why = 'The item was deleted.'
                  where superseded_at is null and item_id = any(:items)
                  """)
              .bind("now", now)
              .bind("items", items)
              .execute();
          lowerCounts(h, deleted.datasetId(), items);
        });
  }

  /** As everywhere, jobs are locked before their tasks. */
  private static void lockJobs(Handle h, UUID datasetId) {
    h.createQuery(
            """
            select id from labeling.job
            where dataset_id = :dataset order by id for no key update
            """)
        .bind("dataset", datasetId)
        .mapTo(UUID.class)
        .list();
  }

  private static List<UUID> withdraw(Handle h, UUID datasetId, UUID[] items) {
    return h.createQuery(
            """
            update labeling.task
            set state = 'WITHDRAWN', taken = answered, exhausted = false
            where id in (
              select t.id from labeling.task t join labeling.job j on j.id = t.job_id
              where t.item_id = any(:items) and j.dataset_id = :dataset
                and j.state not in ('COMPLETED', 'STOPPED')
              order by t.id for update of t)
            returning id
            """)
        .bind("items", items)
        .bind("dataset", datasetId)
        .mapTo(UUID.class)
        .list();
  }

  /** Also of jobs that are over: their labels of the items are gone as well. */
  private static void lowerCounts(Handle h, UUID datasetId, UUID[] items) {
    h.createUpdate(
            """
            update labeling.job j set items = j.items - (
              select count(*) from dataset.item i
              where i.id = any(:items) and i.dataset_id = j.dataset_id
                and i.added_in <= j.dataset_version)
            where j.dataset_id = :dataset
            """)
        .bind("items", items)
        .bind("dataset", datasetId)
        .execute();
  }
}
