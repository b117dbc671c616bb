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

/** Removes the stored objects of deleted items and pictures, then says so on their tombstones. */
@Singleton
class EraseHandler implements WorkHandler {

  static final String KIND = "dataset-erase";

  /**
   * Objects that nothing of the project needed when the deletion was made.
   *
   * @param datasetId where items were deleted, null for a picture
   * @param projectId where a picture was removed, null for items
   * @param picture digest of the removed picture, null for items
   */
  record Erasure(
      UUID datasetId, int version, List<String> objects, UUID projectId, String picture) {

    static Erasure ofItems(UUID datasetId, int version, List<String> objects) {
      return new Erasure(datasetId, version, objects, null, null);
    }

    static Erasure ofPicture(UUID projectId, String picture, List<String> objects) {
      return new Erasure(null, 0, objects, projectId, picture);
    }
  }

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
            if (erasure.picture() != null) {
              HeldPictureRemoval.erased(h, erasure.projectId(), erasure.picture(), clock.instant());
              return;
            }
            h.execute(
                "update dataset.tombstone set erased_at = ? where dataset_id = ? and version = ?",
                clock.instant().atOffset(ZoneOffset.UTC),
                erasure.datasetId(),
                erasure.version());
          });
    }
  }
}
