package org.atelier.dataset.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.catalog.CatalogWrites.LockedDataset;
import org.atelier.platform.ProblemException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The statements that take things out of datasets and find the stored objects nobody needs any
 * more. Every method works on the handle of a transaction that belongs to the caller.
 */
public final class Burials {

  private Burials() {}

  /** Who deleted, when and why. */
  record Burial(String reason, UUID by, Instant at) {}

  /** Holds off the removal of stored objects until the transaction ends. */
  public static void holdObjects(Handle handle) {
    handle.execute("select pg_advisory_xact_lock_shared(hashtext('dataset.objects'))");
  }

  /** Waits until nobody writes objects and keeps them off until the transaction ends. */
  public static void claimObjects(Handle handle) {
    handle.execute("select pg_advisory_xact_lock(hashtext('dataset.objects'))");
  }

  /** Why something is deleted, checked: 3 to 500 characters. */
  static String reason(String given) {
    String why = given == null ? "" : given.strip();
    if (why.length() < 3 || why.length() > 500) {
      throw ProblemException.invalid("reason", "Give the reason in 3 to 500 characters.");
    }
    return why;
  }

  /** How many items of the project, in any version, show a picture. */
  static long itemsShowing(Handle handle, UUID projectId, String sha256) {
    return handle
        .createQuery(
            """
            select count(distinct i.id) from dataset.item_view v
            join dataset.item i on i.id = v.item_id
            join dataset.dataset d on d.id = i.dataset_id
            where v.sha256 = :sha256 and d.project_id = :project
            """)
        .bind("sha256", sha256)
        .bind("project", projectId)
        .mapTo(Long.class)
        .one();
  }

  /** The items of these ids that can be deleted from the locked dataset. */
  static List<UUID> deletable(Handle handle, LockedDataset dataset, Collection<UUID> ids) {
    return handle
        .createQuery(
            """
            select id from dataset.item where id = any(:ids) and dataset_id = :dataset
              and removed_in is null and added_in <= :latest order by ordinal
            """)
        .bind("ids", ids.toArray(UUID[]::new))
        .bind("dataset", dataset.id())
        .bind("latest", dataset.latestVersion())
        .mapTo(UUID.class)
        .list();
  }

  /**
   * Takes items out from a version on and empties them, leaving tombstones.
   *
   * @return digests of the pictures they showed, to be {@link #drop dropped} in the same
   *     transaction
   */
  static List<String> bury(
      Handle handle, LockedDataset dataset, int version, List<UUID> ids, Burial burial) {
    UUID[] array = ids.toArray(UUID[]::new);
    PreparedBatch tombstones =
        handle.prepareBatch(
            """
            insert into dataset.tombstone (item_id, dataset_id, version, ordinal, external_id,
              digest, reason, deleted_by, deleted_at)
            select id, dataset_id, :version, ordinal, external_id, digest, :reason, :by, :at
            from dataset.item where id = any(:ids)
            """);
    tombstones
        .bind("version", version)
        .bind("reason", burial.reason())
        .bind("by", burial.by())
        .bind("at", burial.at().atOffset(ZoneOffset.UTC))
        .bind("ids", array)
        .add();
    tombstones.execute();
    List<String> pictures =
        handle
            .createQuery("delete from dataset.item_view where item_id = any(:ids) returning sha256")
            .bind("ids", array)
            .mapTo(String.class)
            .list();
    handle.execute("delete from dataset.item_label where item_id = any(?)", (Object) array);
    handle.execute(
        """
        update dataset.item set removed_in = ?, text = null, metadata = '{}', known_labels = null,
          source_line = null where id = any(?)
        """,
        version,
        array);
    return pictures;
  }

  /**
   * Drops pictures that no item of the project shows any more, also those that somebody holds.
   *
   * @return objects, thumbnails included, that the project needs no more
   */
  static List<String> drop(Handle handle, UUID projectId, List<String> pictures) {
    return forget(handle, projectId, pictures, true);
  }

  /**
   * Drops pictures that no item of the project shows any more and that nobody holds.
   *
   * @return objects, thumbnails included, that the project needs no more
   */
  public static List<String> forget(Handle handle, UUID projectId, List<String> pictures) {
    return forget(handle, projectId, pictures, false);
  }

  /**
   * Drops pictures that no item of the project shows any more. Waits for those who are about to
   * show one of them, so that what they committed counts.
   *
   * @param held whether also those that somebody holds
   * @return objects, thumbnails included, that nobody needs any more
   */
  private static List<String> forget(
      Handle handle, UUID projectId, List<String> pictures, boolean held) {
    String[] claimed = PictureLocks.claim(handle, projectId, pictures).toArray(String[]::new);
    List<String> objects =
        handle
            .createQuery(
                """
                with gone as (
                  select p.sha256 from dataset.picture p
                  where p.project_id = :project and p.sha256 = any(:pictures) and not exists
                    (select 1 from dataset.item_view v join dataset.item i on i.id = v.item_id
                      join dataset.dataset d on d.id = i.dataset_id
                      where v.sha256 = p.sha256 and d.project_id = :project)
                    and (:held or not exists
                      (select 1 from dataset.picture_hold k
                        where k.project_id = :project and k.sha256 = p.sha256))),
                thumbnails as (
                  select t.thumbnail_sha256 as sha256 from dataset.thumbnail t
                  join gone g on g.sha256 = t.sha256 where t.project_id = :project),
                deleted as (
                  delete from dataset.picture p using gone g
                  where p.project_id = :project and p.sha256 = g.sha256)
                select sha256 from gone union select sha256 from thumbnails
                """)
            .bind("project", projectId)
            .bind("pictures", claimed)
            .bind("held", held)
            .mapTo(String.class)
            .list();
    return List.copyOf(objects);
  }

  /** Of these objects, those that no picture and no thumbnail of any project names. */
  static List<String> unneeded(Handle handle, Collection<String> objects) {
    return handle
        .createQuery(
            """
            select o from unnest(:objects) o
            where not exists (select 1 from dataset.picture where sha256 = o)
              and not exists (select 1 from dataset.thumbnail where thumbnail_sha256 = o)
            """)
        .bind("objects", objects.toArray(String[]::new))
        .mapTo(String.class)
        .list();
  }
}
