package org.atelier.labeling.queue;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
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
    jdbi.useHandle(
        h -> {
          h.createUpdate(
                  """
                  update labeling.task set state = 'WITHDRAWN'
                  where state = 'OPEN' and item_id = any(:items)
                    and job_id in (select id from labeling.job where dataset_id = :dataset)
                  """)
              .bind("items", items)
              .bind("dataset", deleted.datasetId())
              .execute();
          h.createUpdate(
                  """
                  update labeling.label
                  set superseded_at = :now, superseded_why = 'The item was deleted.'
                  where superseded_at is null and item_id = any(:items)
                  """)
              .bind("now", clock.instant())
              .bind("items", items)
              .execute();
        });
  }
}
