package org.atelier.dataset.catalog;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.HeldPictures.Removal;
import org.atelier.dataset.HeldPictures.RemovedPicture;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.jdbi.v3.core.Handle;

/** Takes pictures without items away for good; on the handle of the caller's transaction. */
@Singleton
class HeldPictureRemoval {

  private final AuditTrail audit;
  private final CurrentPerson person;
  private final Work work;
  private final Clock clock;

  HeldPictureRemoval(AuditTrail audit, CurrentPerson person, Work work, Clock clock) {
    this.audit = audit;
    this.person = person;
    this.work = work;
    this.clock = clock;
  }

  Removal remove(Handle handle, UUID projectId, String sha256, String reason) {
    if (PictureLocks.claim(handle, projectId, List.of(sha256)).isEmpty()) {
      throw notHeld();
    }
    requireHeld(handle, projectId, sha256);
    String why = Burials.reason(reason);
    handle.execute(
        "delete from dataset.picture_hold where project_id = ? and sha256 = ?", projectId, sha256);
    bury(handle, projectId, sha256, why);
    List<String> objects = Burials.forget(handle, projectId, List.of(sha256));
    long items = objects.isEmpty() ? Burials.itemsShowing(handle, projectId, sha256) : 0;
    audit.record(
        projectId,
        "example-picture-removed",
        "picture",
        null,
        Map.of("sha256", sha256, "reason", why, "itemsShowingIt", items));
    if (!objects.isEmpty()) {
      work.submit(
          new WorkRequest(
              projectId,
              EraseHandler.KIND,
              projectId,
              "Erase 1 example picture",
              EraseHandler.Erasure.ofPicture(projectId, sha256, objects)));
    }
    return new Removal(sha256, items);
  }

  private static void requireHeld(Handle handle, UUID projectId, String sha256) {
    boolean held =
        handle
            .createQuery(
                """
                select exists (select 1 from dataset.picture_hold
                  where project_id = :project and sha256 = :sha256)
                """)
            .bind("project", projectId)
            .bind("sha256", sha256)
            .mapTo(Boolean.class)
            .one();
    if (!held) {
      throw notHeld();
    }
  }

  private static ProblemException notHeld() {
    return new ProblemException(
        DatasetProblem.PICTURE_NOT_FOUND,
        "The project has no such picture that was brought by itself; it may have been removed"
            + " already. A picture of an item goes when the item is deleted.");
  }

  private void bury(Handle handle, UUID projectId, String sha256, String why) {
    handle.execute(
        """
        insert into dataset.picture_tombstone (project_id, sha256, reason, removed_by, removed_at)
        values (?, ?, ?, ?, ?)
        on conflict (project_id, sha256) do update set reason = excluded.reason,
          removed_by = excluded.removed_by, removed_at = excluded.removed_at, erased_at = null
        """,
        projectId,
        sha256,
        why,
        person.get().map(Person::id).orElse(null),
        clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** Somebody brought the picture again. */
  static void unbury(Handle handle, UUID projectId, String sha256) {
    handle.execute(
        "delete from dataset.picture_tombstone where project_id = ? and sha256 = ?",
        projectId,
        sha256);
  }

  static void erased(Handle handle, UUID projectId, String sha256, java.time.Instant at) {
    handle.execute(
        "update dataset.picture_tombstone set erased_at = ? where project_id = ? and sha256 = ?",
        at.atOffset(ZoneOffset.UTC),
        projectId,
        sha256);
  }

  static List<RemovedPicture> removed(Handle handle, UUID projectId, Collection<String> sha256s) {
    return handle
        .createQuery(
            """
            select sha256, reason, removed_at as at from dataset.picture_tombstone
            where project_id = :project and sha256 = any(:asked) order by sha256
            """)
        .bind("project", projectId)
        .bind("asked", sha256s.toArray(String[]::new))
        .map(RecordMapper.of(RemovedPicture.class))
        .list();
  }
}
