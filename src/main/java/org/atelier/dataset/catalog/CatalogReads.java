package org.atelier.dataset.catalog;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.ItemName;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.ItemVisitor;
import org.atelier.dataset.LabelCount;
import org.atelier.dataset.TrueLabel;
import org.atelier.dataset.VersionView;
import org.atelier.platform.Cursor;
import org.atelier.platform.ProblemException;
import org.atelier.platform.RecordMapper;
import org.atelier.platform.Slice;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The questions one can ask about datasets; every one is scoped by the project. */
@Singleton
public class CatalogReads {

  private static final int STREAMED = 2_000;
  private static final int COUNTS_KEPT = 200;
  private static final String DATASET =
      """
      select d.id, d.project_id, d.name, d.kind, d.description, d.latest_version,
        coalesce(v.item_count, 0) as item_count, d.created_at
      from dataset.dataset d
      left join dataset.dataset_version v on v.dataset_id = d.id and v.number = d.latest_version
      """;
  private static final String VERSION =
      """
      select v.dataset_id, v.number, v.digest, v.item_count, v.added, v.removed, v.labeled,
        v.labeled_by_people, v.labeled_by_machine, v.labeled_by_machine_alone, v.note,
        v.created_at, (select count(*)::int from dataset.tombstone t
          join dataset.item i on i.id = t.item_id where t.dataset_id = v.dataset_id
          and t.version > v.number and i.added_in <= v.number) as erased_count
      from dataset.dataset_version v join dataset.dataset d on d.id = v.dataset_id
      where v.dataset_id = :dataset and d.project_id = :project
      """;

  private final Jdbi jdbi;
  private final Map<Counted, List<LabelCount>> counts =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Counted, List<LabelCount>> eldest) {
              return size() > COUNTS_KEPT;
            }
          });

  CatalogReads(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * All datasets of a project, newest first, also those still waiting for their first items; those
   * whose first import was given up are left out.
   */
  public List<DatasetView> datasets(UUID projectId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    DATASET
                        + """
                        where d.project_id = :project and (d.latest_version > 0
                          or not exists (select from dataset.import i where i.dataset_id = d.id)
                          or exists (select from dataset.import i
                            where i.dataset_id = d.id and i.state <> 'CANCELLED'
                              and not i.taking_back))
                        order by d.id desc limit 1000
                        """)
                .bind("project", projectId)
                .map(RecordMapper.of(DatasetView.class))
                .list());
  }

  public DatasetView dataset(UUID projectId, UUID datasetId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(DATASET + "where d.id = :dataset and d.project_id = :project")
                .bind("dataset", datasetId)
                .bind("project", projectId)
                .map(RecordMapper.of(DatasetView.class))
                .findOne()
                .orElseThrow(
                    () ->
                        new ProblemException(
                            DatasetProblem.DATASET_NOT_FOUND, "The project has no such dataset.")));
  }

  public VersionView version(UUID projectId, UUID datasetId, int number) {
    return jdbi.withHandle(
        h ->
            h.createQuery(VERSION + "and v.number = :number")
                .bind("dataset", datasetId)
                .bind("project", projectId)
                .bind("number", number)
                .map(RecordMapper.of(VersionView.class))
                .findOne()
                .orElseThrow(
                    () ->
                        new ProblemException(
                            DatasetProblem.VERSION_NOT_FOUND,
                            "The dataset has no version " + number + ".")));
  }

  public List<VersionView> versions(UUID projectId, UUID datasetId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(VERSION + "order by v.number desc")
                .bind("dataset", datasetId)
                .bind("project", projectId)
                .map(RecordMapper.of(VersionView.class))
                .list());
  }

  /** Streams the items of a version that still exist; call inside a transaction. */
  public void items(
      UUID projectId, UUID datasetId, int version, int fromOrdinal, ItemVisitor visitor) {
    version(projectId, datasetId, version);
    jdbi.useHandle(
        h -> {
          try (var rows =
              h
                  .createQuery(
                      "select "
                          + ItemRows.COLUMNS
                          + """
                          from dataset.item i where i.dataset_id = :dataset
                            and i.added_in <= :version and i.removed_in is null
                            and i.ordinal >= :from
                          order by i.ordinal
                          """)
                  .bind("dataset", datasetId)
                  .bind("version", version)
                  .bind("from", fromOrdinal)
                  .setFetchSize(STREAMED)
                  .map(new ItemRows())
                  .stream()) {
            rows.forEach(row -> visit(visitor, row));
          }
        });
  }

  /** Streams the newest labels that no machine gave; call inside a transaction. */
  void trueLabels(UUID projectId, UUID datasetId, int version, Consumer<TrueLabel> visitor) {
    version(projectId, datasetId, version);
    jdbi.useHandle(
        h -> {
          try (var rows =
              h
                  .createQuery(
                      """
                      select i.id as item_id, coalesce(t.labels, i.known_labels) as labels,
                        coalesce(t.source = 'HUMAN', false) as by_people,
                        coalesce((select l.source = 'MACHINE' from dataset.item_label l
                          where l.item_id = i.id and l.version <= :version
                          order by l.version desc limit 1), false) as instead_of_machine
                      from dataset.item i left join lateral (
                        select l.labels, l.source from dataset.item_label l
                        where l.item_id = i.id and l.version <= :version
                          and l.source is distinct from 'MACHINE'
                        order by l.version desc limit 1) t on true
                      where i.dataset_id = :dataset and i.added_in <= :version
                        and i.removed_in is null
                      order by i.ordinal
                      """)
                  .bind("dataset", datasetId)
                  .bind("version", version)
                  .setFetchSize(STREAMED)
                  .map(RecordMapper.of(TrueLabel.class))
                  .stream()) {
            rows.forEach(visitor);
          }
        });
  }

  private static void visit(ItemVisitor visitor, ItemRow row) {
    try {
      visitor.visit(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<ItemRow> items(UUID projectId, Collection<UUID> ids) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select "
                        + ItemRows.COLUMNS
                        + """
                        from dataset.item i join dataset.dataset d on d.id = i.dataset_id
                        where i.id = any(:ids) and d.project_id = :project
                          and i.removed_in is null and i.added_in <= d.latest_version
                        order by i.dataset_id, i.ordinal
                        """)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("project", projectId)
                .bind("version", Integer.MAX_VALUE)
                .map(new ItemRows())
                .list());
  }

  /** The labels that items were imported with. */
  Map<UUID, List<String>> importedLabels(UUID projectId, Collection<UUID> ids) {
    Map<UUID, List<String>> labels = new HashMap<>();
    jdbi.useHandle(
        h ->
            h.createQuery(
                    """
                    select i.id, i.known_labels
                    from dataset.item i join dataset.dataset d on d.id = i.dataset_id
                    where i.id = any(:ids) and d.project_id = :project
                      and i.removed_in is null and i.known_labels is not null
                    """)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("project", projectId)
                .map(
                    (row, context) ->
                        labels.put(
                            row.getObject("id", UUID.class),
                            List.of((String[]) row.getArray("known_labels").getArray())))
                .list());
    return labels;
  }

  /** The items of a dataset that external ids name. */
  public List<ItemName> named(UUID projectId, UUID datasetId, Collection<String> externalIds) {
    dataset(projectId, datasetId);
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select id, ordinal, external_id from dataset.item
                    where dataset_id = :dataset and external_id = any(:names)
                      and removed_in is null and added_in <=
                        (select latest_version from dataset.dataset where id = :dataset)
                    """)
                .bind("dataset", datasetId)
                .bind("names", externalIds.toArray(String[]::new))
                .map(RecordMapper.of(ItemName.class))
                .list());
  }

  /** The next items of a version that fit a query, in order of their ordinals. */
  public Slice<ItemRow> find(
      UUID projectId, UUID datasetId, int version, ItemQuery query, String cursor, int limit) {
    version(projectId, datasetId, version);
    int from = (int) Math.min(Cursor.asLong(cursor, 0), Integer.MAX_VALUE);
    List<ItemRow> rows =
        new ArrayList<>(
            jdbi.withHandle(
                h -> ItemSearch.of(h, datasetId, version, query).next(h, from, limit + 1)));
    String next = null;
    if (rows.size() > limit) {
      next = Cursor.of(rows.remove(limit).ordinal());
    }
    return new Slice<>(rows, next);
  }

  /**
   * Known labels of a version, the most frequent first. Counted once: what a version holds changes
   * only by deletions, and each makes a newer version.
   */
  public List<LabelCount> labels(UUID projectId, UUID datasetId, int version) {
    int latest = dataset(projectId, datasetId).latestVersion();
    version(projectId, datasetId, version);
    Counted counted = new Counted(datasetId, version, latest);
    List<LabelCount> known = counts.get(counted);
    if (known == null) {
      known = jdbi.withHandle(h -> countLabels(h, datasetId, version));
      counts.put(counted, known);
    }
    return known;
  }

  private record Counted(UUID dataset, int version, int latest) {}

  private static List<LabelCount> countLabels(Handle handle, UUID datasetId, int version) {
    return handle
        .createQuery(
            """
            select label, count(*)::int as count
            from dataset.item i, unnest(coalesce(
              (select l.labels from dataset.item_label l where l.item_id = i.id
                and l.version <= :version order by l.version desc limit 1),
              i.known_labels)) label
            where i.dataset_id = :dataset and i.added_in <= :version
              and i.removed_in is null
            group by label order by count(*) desc, label limit 10000
            """)
        .bind("dataset", datasetId)
        .bind("version", version)
        .map(RecordMapper.of(LabelCount.class))
        .list();
  }

  /** What a deletion left in a version's place. */
  public record Tombstone(
      UUID itemId,
      int version,
      int ordinal,
      String externalId,
      String reason,
      java.time.Instant deletedAt,
      java.time.Instant erasedAt) {}

  /** Deleted items in order of version and ordinal, at most 1,000. */
  public List<Tombstone> tombstones(UUID projectId, UUID datasetId) {
    dataset(projectId, datasetId);
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select item_id, version, ordinal, external_id, reason, deleted_at, erased_at
                    from dataset.tombstone where dataset_id = :dataset
                    order by version desc, ordinal limit 1000
                    """)
                .bind("dataset", datasetId)
                .map(RecordMapper.of(Tombstone.class))
                .list());
  }

  /** A picture the project has. */
  public Optional<NewPicture> picture(UUID projectId, String sha256) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select sha256, media_type, size, width, height from dataset.picture
                    where project_id = :project and sha256 = :sha256
                    """)
                .bind("project", projectId)
                .bind("sha256", sha256)
                .map(RecordMapper.of(NewPicture.class))
                .findOne());
  }

  /** The next items' positions around one item, for going forth and back; null at the ends. */
  public record Neighbours(UUID previous, UUID next) {}

  public Neighbours neighbours(UUID datasetId, int version, int ordinal) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select (select id from dataset.item where dataset_id = :dataset
                        and ordinal < :ordinal and added_in <= :version and removed_in is null
                        order by ordinal desc limit 1) as previous,
                      (select id from dataset.item where dataset_id = :dataset
                        and ordinal > :ordinal and added_in <= :version and removed_in is null
                        order by ordinal limit 1) as next
                    """)
                .bind("dataset", datasetId)
                .bind("version", version)
                .bind("ordinal", ordinal)
                .map(RecordMapper.of(Neighbours.class))
                .one());
  }

  /** Bytes of the pictures that only this dataset's project knows, and its items' texts. */
  public long bytes(UUID projectId, UUID datasetId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select coalesce((select sum(p.size) from dataset.picture p
                        where p.project_id = :project and p.sha256 in (
                          select v.sha256 from dataset.item_view v
                          join dataset.item i on i.id = v.item_id where i.dataset_id = :dataset)), 0)
                      + coalesce((select sum(length(i.text)) from dataset.item i
                        where i.dataset_id = :dataset), 0)
                    """)
                .bind("project", projectId)
                .bind("dataset", datasetId)
                .mapTo(Long.class)
                .one());
  }
}
