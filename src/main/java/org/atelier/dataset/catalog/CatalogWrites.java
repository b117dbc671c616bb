package org.atelier.dataset.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabel;
import org.atelier.dataset.ItemLabels;
import org.atelier.dataset.ViewRef;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Handle;

/**
 * The statements that change what is in datasets. Every method works on the handle of a transaction
 * that belongs to the caller.
 */
public final class CatalogWrites {

  private static final int STREAMED = 5_000;
  private static final int LABELS_PER_COPY = 10_000;

  private CatalogWrites() {}

  /** A dataset whose row is locked until the transaction ends. */
  public record LockedDataset(
      UUID id, UUID projectId, String kind, int latestVersion, int nextOrdinal) {

    public ItemKind itemKind() {
      return ItemKind.valueOf(kind);
    }
  }

  /**
   * Makes a dataset. One of the same name that never got an item, and has no import that could give
   * it one, is taken over.
   *
   * @return its id, empty when the project has another dataset of the name
   */
  public static Optional<UUID> insertDataset(
      Handle handle,
      UUID id,
      UUID projectId,
      String name,
      ItemKind kind,
      String description,
      UUID by,
      Instant now) {
    return handle
        .createQuery(
            """
            insert into dataset.dataset as d
              (id, project_id, name, kind, description, created_by, created_at)
            values (:id, :project, :name, :kind, :description, :by, :now)
            on conflict (project_id, lower(name)) do update set name = excluded.name,
              kind = excluded.kind, description = excluded.description,
              created_by = excluded.created_by, created_at = excluded.created_at
            where d.latest_version = 0 and not exists (select 1 from dataset.import i
              where i.dataset_id = d.id and i.state in ('QUEUED', 'RUNNING', 'FAILED'))
            returning id
            """)
        .bind("id", id)
        .bind("project", projectId)
        .bind("name", name)
        .bind("kind", kind.name())
        .bind("description", description)
        .bind("by", by)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(UUID.class)
        .findOne();
  }

  /** The dataset of a name that the project has. */
  static UUID named(Handle handle, UUID projectId, String name) {
    return handle
        .createQuery(
            "select id from dataset.dataset where project_id = :project and lower(name) ="
                + " lower(:name)")
        .bind("project", projectId)
        .bind("name", name)
        .mapTo(UUID.class)
        .one();
  }

  /**
   * Locks a dataset against every other change.
   *
   * @throws ProblemException dataset-not-found
   */
  public static LockedDataset lock(Handle handle, UUID projectId, UUID datasetId) {
    return handle
        .createQuery(
            """
            select id, project_id, kind, latest_version, next_ordinal from dataset.dataset
            where id = :id and project_id = :project for update
            """)
        .bind("id", datasetId)
        .bind("project", projectId)
        .map(RecordMapper.of(LockedDataset.class))
        .findOne()
        .orElseThrow(
            () ->
                new ProblemException(
                    DatasetProblem.DATASET_NOT_FOUND, "The project has no such dataset."));
  }

  /**
   * Writes items with the next ordinals of the locked dataset.
   *
   * @param version the one they will belong to
   */
  public static void addItems(
      Handle handle, LockedDataset dataset, int version, List<NewItem> items) {
    List<UUID> ids = new ArrayList<>(items.size());
    items.forEach(item -> ids.add(Ids.next()));
    CopyText.write(
        handle,
        "dataset.item (id, dataset_id, ordinal, external_id, kind, text, metadata, known_labels,"
            + " source_line, added_in, digest)",
        out -> {
          int ordinal = dataset.nextOrdinal();
          for (int i = 0; i < items.size(); i++) {
            NewItem item = items.get(i);
            out.field(ids.get(i)).field(dataset.id()).field(ordinal++).field(item.externalId());
            out.field(dataset.kind()).field(item.text()).field(item.metadata());
            out.array(item.labels()).field(item.line()).field(version).bytes(item.digest()).end();
          }
        });
    if (dataset.itemKind() == ItemKind.IMAGE) {
      addViews(handle, ids, items);
    }
    handle.execute(
        "update dataset.dataset set next_ordinal = next_ordinal + ? where id = ?",
        items.size(),
        dataset.id());
  }

  private static void addViews(Handle handle, List<UUID> ids, List<NewItem> items) {
    CopyText.write(
        handle,
        "dataset.item_view (item_id, position, name, sha256, width, height)",
        out -> {
          for (int i = 0; i < items.size(); i++) {
            int position = 0;
            for (ViewRef view : items.get(i).views()) {
              out.field(ids.get(i)).field(position++).field(view.name()).field(view.sha256());
              out.field(view.width()).field(view.height()).end();
            }
          }
        });
  }

  /**
   * Makes pictures known to a project; those it knows are left as they are. None of them is dropped
   * before the transaction ends.
   */
  public static void addPictures(Handle handle, UUID projectId, Collection<NewPicture> pictures) {
    Map<String, NewPicture> missing = new TreeMap<>();
    pictures.forEach(picture -> missing.put(picture.sha256(), picture));
    while (!missing.isEmpty()) {
      missing.keySet().removeAll(insertPictures(handle, projectId, missing.values()));
      missing.keySet().removeAll(PictureLocks.share(handle, projectId, missing.keySet()));
    }
  }

  /** Answers the digests of those that the project did not have. */
  private static List<String> insertPictures(
      Handle handle, UUID projectId, Collection<NewPicture> pictures) {
    return handle
        .createQuery(
            """
            insert into dataset.picture (project_id, sha256, media_type, size, width, height)
            select :project, * from unnest(:sha256, :type, :size, :width, :height)
            on conflict do nothing returning sha256
            """)
        .bind("project", projectId)
        .bind("sha256", pictures.stream().map(NewPicture::sha256).toArray(String[]::new))
        .bind("type", pictures.stream().map(NewPicture::mediaType).toArray(String[]::new))
        .bind("size", pictures.stream().mapToLong(NewPicture::size).toArray())
        .bind("width", pictures.stream().mapToInt(NewPicture::width).toArray())
        .bind("height", pictures.stream().mapToInt(NewPicture::height).toArray())
        .mapTo(String.class)
        .list();
  }

  /** What a new version is made of. */
  public record NewVersion(
      String digest,
      int itemCount,
      int added,
      int removed,
      int labeled,
      int labeledByPeople,
      int labeledByMachine,
      int labeledByMachineAlone,
      String note) {}

  /** Writes a version as the newest of the locked dataset. */
  public static void addVersion(
      Handle handle, LockedDataset dataset, int number, NewVersion version, UUID by, Instant now) {
    handle.execute(
        """
        insert into dataset.dataset_version
          (dataset_id, number, digest, item_count, added, removed, labeled, labeled_by_people,
          labeled_by_machine, labeled_by_machine_alone, note, created_by, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        dataset.id(),
        number,
        version.digest(),
        version.itemCount(),
        version.added(),
        version.removed(),
        version.labeled(),
        version.labeledByPeople(),
        version.labeledByMachine(),
        version.labeledByMachineAlone(),
        version.note(),
        by,
        now.atOffset(ZoneOffset.UTC));
    handle.execute(
        "update dataset.dataset set latest_version = ? where id = ?", number, dataset.id());
  }

  /**
   * Frees the number after the newest version for a version that cannot wait, by moving what a
   * running import has written so far to the number after it.
   *
   * @return the free number
   */
  public static int nextVersion(Handle handle, LockedDataset dataset) {
    int number = dataset.latestVersion() + 1;
    int moved =
        handle.execute(
            """
            update dataset.import set pending_version = pending_version + 1, chain = null
            where dataset_id = ? and state in ('QUEUED', 'RUNNING', 'FAILED')
            """,
            dataset.id());
    if (moved > 0) {
      handle.execute(
          "update dataset.item set added_in = ? where dataset_id = ? and added_in = ?",
          number + 1,
          dataset.id(),
          number);
    }
    return number;
  }

  /** Digest, size and number of labelled items of a version, read item by item. */
  public static NewVersion measure(
      Handle handle, UUID datasetId, int version, int added, int removed, String note) {
    VersionDigest digest = new VersionDigest();
    int[] counts = new int[5];
    try (var rows =
        handle
            .createQuery(
                """
                select i.digest, i.external_id, coalesce(l.labels, i.known_labels) as labels,
                  l.source, l.source = 'MACHINE' and i.known_labels is null and not exists (
                    select from dataset.item_label e where e.item_id = i.id
                      and e.version <= :version and e.source is distinct from 'MACHINE') as alone
                from dataset.item i left join lateral (
                  select labels, source from dataset.item_label where item_id = i.id
                    and version <= :version order by version desc limit 1) l on true
                where i.dataset_id = :dataset and i.added_in <= :version
                  and (i.removed_in is null or i.removed_in > :version)
                order by i.ordinal
                """)
            .bind("dataset", datasetId)
            .bind("version", version)
            .setFetchSize(STREAMED)
            .map(RecordMapper.of(Leaf.class))
            .stream()) {
      rows.forEach(
          leaf -> {
            digest.add(leaf.digest(), leaf.externalId(), leaf.labels());
            counts[0]++;
            counts[1] += leaf.labels() == null ? 0 : 1;
            counts[2] += leaf.source() == ItemLabel.Source.HUMAN ? 1 : 0;
            counts[3] += leaf.source() == ItemLabel.Source.MACHINE ? 1 : 0;
            counts[4] += Boolean.TRUE.equals(leaf.alone()) ? 1 : 0;
          });
    }
    return new NewVersion(
        digest.hex(), counts[0], added, removed, counts[1], counts[2], counts[3], counts[4], note);
  }

  record Leaf(
      byte[] digest,
      String externalId,
      List<String> labels,
      ItemLabel.Source source,
      Boolean alone) {}

  /** Writes labels of a version; later ones win, unknown and deleted items are passed over. */
  public static void addLabels(
      Handle handle, UUID datasetId, int version, Iterable<ItemLabels> labels) {
    handle.execute(
        "create temporary table if not exists dataset_new_label"
            + " (position int, item_id uuid, labels text[], source text, job_id uuid) on commit drop");
    handle.execute("truncate dataset_new_label");
    int position = 0;
    // Pulled in parts before each copy: what gives the labels may read from the same connection,
    // which is blocked while rows are copied.
    Iterator<ItemLabels> all = labels.iterator();
    while (all.hasNext()) {
      List<ItemLabels> part = new ArrayList<>();
      while (part.size() < LABELS_PER_COPY && all.hasNext()) {
        part.add(all.next());
      }
      int first = position;
      CopyText.write(
          handle,
          "dataset_new_label",
          out -> {
            for (int i = 0; i < part.size(); i++) {
              ItemLabels one = part.get(i);
              out.field(first + i).field(one.itemId()).array(one.labels());
              out.field(one.source() == null ? null : one.source().name()).field(one.jobId()).end();
            }
          });
      position += part.size();
    }
    handle.execute(
        """
        insert into dataset.item_label (item_id, version, labels, source, job_id)
        select distinct on (n.item_id) n.item_id, ?, n.labels, n.source, n.job_id
        from dataset_new_label n join dataset.item i on i.id = n.item_id
        where i.dataset_id = ? and i.removed_in is null and i.added_in < ?
        order by n.item_id, n.position desc
        """,
        version,
        datasetId,
        version);
    handle.execute("drop table dataset_new_label");
  }

  /** The digest of a version of the dataset, empty for version 0. */
  public static Optional<NewVersion> versionFacts(Handle handle, UUID datasetId, int number) {
    return handle
        .createQuery(
            """
            select digest, item_count, added, removed, labeled, labeled_by_people,
              labeled_by_machine, labeled_by_machine_alone, note
            from dataset.dataset_version
            where dataset_id = :dataset and number = :number
            """)
        .bind("dataset", datasetId)
        .bind("number", number)
        .map(RecordMapper.of(NewVersion.class))
        .findOne();
  }
}
