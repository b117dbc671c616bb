package org.atelier.dataset.intake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.catalog.Burials;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.format.LeftOut;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The statements of imports; every one on the handle of the caller's transaction. */
final class ImportRepository {

  /** Days that the files of a failed import are kept, so that it can be continued. */
  static final int FAILED_KEPT_DAYS = 14;

  /** Whether a cancelled import is not taken back although what it wrote is there. */
  private static final String STUCK =
      """
      (taking_back and not exists (select 1 from platform.work w
        where w.id = work_id and w.state in ('QUEUED', 'RUNNING')))
      """;

  private static final String VIEW =
      """
      select id, dataset_id,
        (select name from dataset.dataset d where d.id = dataset_id) as dataset_name, work_id, source_name,
        case when taking_back then 'CANCELLED' else state end as state, message, rows_done, bytes_done, total,
        added, present, refused, left_out, left_out_names, labels_file, labels_file_candidates,
        version, first_ordinal, created_at, finished_at, taking_back,
        %s as stuck, (spec ->> 'upload')::uuid as upload,
        state = 'FAILED' and not taking_back and (spec ->> 'upload' is null
          or not input_at_fault and exists (
            select from dataset.upload u where u.id::text = import.spec ->> 'upload'))
        as continuable,
        case when state = 'FAILED' and not taking_back then (
          select coalesce(import.finished_at, u.touched_at) + interval '%d days'
          from dataset.upload u where u.id::text = import.spec ->> 'upload')
        end as files_kept_until
      from dataset.import
      """
          .formatted(STUCK, FAILED_KEPT_DAYS);

  private static final RowMapper<ImportRow> ROWS = RecordMapper.of(ImportRow.class);
  private static final String ROW =
      """
      select id, project_id, dataset_id, spec::text as spec, source_name, state, pending_version,
        first_ordinal, chain, labeled, rows_done, added, present, refused, taking_back
      from dataset.import
      """;

  private ImportRepository() {}

  record NewImport(UUID id, UUID projectId, UUID datasetId, String spec, String sourceName) {}

  /** Answers false when the dataset has an open import. */
  static boolean insert(
      Handle h,
      NewImport made,
      CatalogWrites.LockedDataset dataset,
      String chain,
      UUID by,
      Instant now) {
    return h.execute(
            """
            insert into dataset.import (id, project_id, dataset_id, spec, source_name, state,
              pending_version, first_ordinal, chain, created_by, created_at)
            values (?, ?, ?, ?::jsonb, ?, 'QUEUED', ?, ?, ?, ?, ?)
            on conflict (dataset_id) where state in ('QUEUED', 'RUNNING', 'FAILED') do nothing
            """,
            made.id(),
            made.projectId(),
            made.datasetId(),
            made.spec(),
            made.sourceName(),
            dataset.latestVersion() + 1,
            dataset.nextOrdinal(),
            chain,
            by,
            now.atOffset(ZoneOffset.UTC))
        == 1;
  }

  static void setWork(Handle h, UUID id, UUID work) {
    h.execute("update dataset.import set work_id = ? where id = ?", work, id);
  }

  static Optional<ImportRow> find(Handle h, UUID id) {
    return h.createQuery(ROW + "where id = :id").bind("id", id).map(ROWS).findOne();
  }

  static Optional<ImportView> view(Handle h, UUID project, UUID id) {
    return h.createQuery(VIEW + "where id = :id and project_id = :project")
        .bind("id", id)
        .bind("project", project)
        .map(RecordMapper.of(ImportView.class))
        .findOne();
  }

  static List<ImportView> ofDataset(Handle h, UUID project, UUID dataset) {
    return h.createQuery(
            VIEW
                + "where dataset_id = :dataset and project_id = :project order by id desc limit"
                + " 200")
        .bind("dataset", dataset)
        .bind("project", project)
        .map(RecordMapper.of(ImportView.class))
        .list();
  }

  static List<ImportView> open(Handle h, UUID project) {
    return h.createQuery(
            VIEW
                + """
                where project_id = :project and state in ('QUEUED', 'RUNNING', 'FAILED')
                  and not taking_back
                order by id desc limit 200
                """)
        .bind("project", project)
        .map(RecordMapper.of(ImportView.class))
        .list();
  }

  /**
   * An import that is not finished.
   *
   * @param same whether its spec is the one asked for
   * @param fruitless whether it failed before it read a row, or by its files with none taken, so
   *     that nothing is lost with it
   */
  record OpenImport(UUID id, UUID datasetId, String datasetName, boolean same, boolean fruitless) {}

  static List<OpenImport> openOfUpload(Handle h, UUID project, UUID upload, String spec) {
    return h.createQuery(
            """
            select i.id, i.dataset_id, d.name as dataset_name, i.spec = :spec::jsonb as same,
              i.state = 'FAILED' and (i.rows_done = 0 or i.added = 0 and i.input_at_fault)
                as fruitless
            from dataset.import i join dataset.dataset d on d.id = i.dataset_id
            where i.project_id = :project and i.state in ('QUEUED', 'RUNNING', 'FAILED')
              and not i.taking_back and i.spec ->> 'upload' = :upload
            """)
        .bind("project", project)
        .bind("upload", upload.toString())
        .bind("spec", spec)
        .map(RecordMapper.of(OpenImport.class))
        .list();
  }

  /** Imports of a dataset that failed before they read a row, or by files no row of which fits. */
  static List<UUID> fruitlessOf(Handle h, UUID dataset) {
    return h.createQuery(
            """
            select id from dataset.import
            where dataset_id = :dataset and state = 'FAILED'
              and (rows_done = 0 or added = 0 and input_at_fault)
            """)
        .bind("dataset", dataset)
        .mapTo(UUID.class)
        .list();
  }

  /** The same of the dataset of a name, while it has no version. */
  static List<UUID> fruitlessOf(Handle h, UUID project, String name) {
    return h.createQuery(
            """
            select i.id from dataset.import i join dataset.dataset d on d.id = i.dataset_id
            where d.project_id = :project and lower(d.name) = lower(:name)
              and d.latest_version = 0 and i.state = 'FAILED'
              and (i.rows_done = 0 or i.added = 0 and i.input_at_fault)
            """)
        .bind("project", project)
        .bind("name", name)
        .mapTo(UUID.class)
        .list();
  }

  /** From now on it is the import of this work. */
  static void begin(Handle h, UUID id, UUID work, long total) {
    h.execute(
        """
        update dataset.import
        set state = 'RUNNING', message = null, finished_at = null, total = ?, work_id = ?
        where id = ? and state in ('QUEUED', 'RUNNING', 'FAILED') and not taking_back
        """,
        total,
        work,
        id);
  }

  /** Notes what the report of the import says of files that nothing is read from. */
  static void leaveOut(Handle h, UUID id, LeftOut left) {
    h.createUpdate(
            """
            update dataset.import set left_out = :count, left_out_names = :names,
              labels_file = :labels, labels_file_candidates = :candidates where id = :id
            """)
        .bind("count", left.count())
        .bind("names", Refusals.printable(left.names()))
        .bind("labels", Refusals.printable(left.labelsFile()))
        .bind("candidates", Refusals.printable(left.labelsFileCandidates()))
        .bind("id", id)
        .execute();
  }

  /**
   * Why and when an import failed.
   *
   * @param inputAtFault whether the same files would make it fail again
   */
  record Failure(String message, boolean inputAtFault, Instant at) {}

  /** Does nothing when another work goes on with the import meanwhile. */
  static void fail(Handle h, UUID id, UUID work, Failure failure) {
    h.execute(
        """
        update dataset.import
        set state = 'FAILED', message = ?, input_at_fault = ?, finished_at = ?
        where id = ? and work_id = ? and state in ('QUEUED', 'RUNNING')
        """,
        failure.message(),
        failure.inputAtFault(),
        failure.at().atOffset(ZoneOffset.UTC),
        id,
        work);
  }

  /** Says on failed imports of an upload that its files are gone. */
  static void filesRemoved(Handle h, UUID upload) {
    h.execute(
        """
        update dataset.import set message = coalesce(message, '') || ?
        where state = 'FAILED' and not taking_back and spec ->> 'upload' = ?
        """,
        " The files sent for it were removed %d days later: cancel it and send them again."
            .formatted(FAILED_KEPT_DAYS),
        upload.toString());
  }

  static void end(Handle h, UUID id, String state, Integer version, Instant now) {
    h.execute(
        """
        update dataset.import set state = ?, version = ?, finished_at = ?, bytes_done = total
        where id = ?
        """,
        state,
        version,
        now.atOffset(ZoneOffset.UTC),
        id);
  }

  /** What a step of an import came to, added to what is there. */
  record Step(
      long rowsDone,
      long bytesDone,
      String chain,
      int added,
      int present,
      int refused,
      int labeled) {}

  static void advance(Handle h, UUID id, Step step) {
    h.execute(
        """
        update dataset.import set rows_done = ?, bytes_done = ?, chain = ?, added = added + ?,
          present = present + ?, refused = refused + ?, labeled = labeled + ? where id = ?
        """,
        step.rowsDone(),
        step.bytesDone(),
        step.chain(),
        step.added(),
        step.present(),
        step.refused(),
        step.labeled(),
        id);
  }

  /** Marks an import as cancelled while what it wrote is still there. */
  static void beginTakingBack(Handle h, UUID id, UUID work, Instant now) {
    h.execute(
        """
        update dataset.import set state = 'FAILED', taking_back = true, work_id = ?,
          finished_at = ?, message = null where id = ?
        """,
        work,
        now.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Cancelled imports that no work takes back any more. */
  static List<ImportRow> stuck(Handle h) {
    return h.createQuery(ROW + "where " + STUCK + " order by id").map(ROWS).list();
  }

  static boolean isTakingBack(Handle h, UUID dataset) {
    return h.createQuery(
            "select exists (select 1 from dataset.import where dataset_id = :id and taking_back)")
        .bind("id", dataset)
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Takes back what an unfinished import wrote with ordinals from {@code first} to {@code end - 1};
   * the dataset must be locked.
   */
  static void takeBack(Handle h, ImportRow row, int first, int end) {
    List<String> pictures =
        h.createQuery(
                """
                delete from dataset.item_view v using dataset.item i
                where i.id = v.item_id and i.dataset_id = :dataset and i.ordinal >= :first
                  and i.ordinal < :end and i.added_in = :pending
                returning v.sha256
                """)
            .bind("dataset", row.datasetId())
            .bind("first", first)
            .bind("end", end)
            .bind("pending", row.pendingVersion())
            .mapTo(String.class)
            .list();
    h.execute(
        """
        delete from dataset.item
        where dataset_id = ? and ordinal >= ? and ordinal < ? and added_in = ?
        """,
        row.datasetId(),
        first,
        end,
        row.pendingVersion());
    Burials.forget(h, row.projectId(), pictures);
  }

  /** Ends a cancelled import of which nothing is left; the dataset must be locked. */
  static void endTakenBack(Handle h, ImportRow row, Instant now) {
    h.execute(
        "update dataset.dataset set next_ordinal = ? where id = ?",
        row.firstOrdinal(),
        row.datasetId());
    h.execute("update dataset.import set taking_back = false where id = ?", row.id());
    end(h, row.id(), "CANCELLED", null, now);
  }
}
