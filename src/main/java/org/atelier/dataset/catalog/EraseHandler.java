package org.atelier.dataset.catalog;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.jdbi.v3.core.Jdbi;

/** Removes the stored objects of deleted items, then says so on their tombstones. */
@Singleton
class EraseHandler implements WorkHandler {

  static final String KIND = "dataset-erase";

  /** Objects that no item needed when the deletion was made. */
  record Erasure(UUID datasetId, int version, List<String> objects) {}

  private final ObjectStore objects;
  private final Erasing erasing;

  EraseHandler(ObjectStore objects, Erasing erasing) {
    this.objects = objects;
    this.erasing = erasing;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) {
    Erasure erasure = context.payload(Erasure.class);
    context.progress("Erasing", 0, erasure.objects().size());
    erasing.erase(erasure, objects);
    context.progress("Erasing", erasure.objects().size(), erasure.objects().size());
  }

  /** The transaction that keeps imports off while objects go. */
  @Singleton
  static class Erasing {

    private final Jdbi jdbi;
    private final Clock clock;

    Erasing(Jdbi jdbi, Clock clock) {
      this.jdbi = jdbi;
      this.clock = clock;
    }

    @jakarta.transaction.Transactional
    void erase(Erasure erasure, ObjectStore objects) {
      jdbi.useHandle(
          h -> {
            Burials.claimObjects(h);
            objects.deleteAll(Burials.unneeded(h, erasure.objects()));
            h.execute(
                "update dataset.tombstone set erased_at = ? where dataset_id = ? and version = ?",
                clock.instant().atOffset(ZoneOffset.UTC),
                erasure.datasetId(),
                erasure.version());
          });
    }
  }
}
