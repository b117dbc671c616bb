package org.atelier.learning.pool;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** SQL of {@code learning.pool_*} and {@code learning.feature_*}. */
final class PoolRepository {

  private static final RowMapper<PartRow> PART = RecordMapper.of(PartRow.class);
  private static final RowMapper<FeatureSetRow> SET = RecordMapper.of(FeatureSetRow.class);

  private static final String SET_COLUMNS =
      """
      id, project_id, dataset_id, method, digest, description, layout, column_count,
      antisymmetric_from, learned_sha256\
      """;

  private final Jdbi jdbi;

  PoolRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Keeps two processes from extending the pool of a dataset at once; ends with the transaction.
   */
  void lock(UUID datasetId) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))", "pool " + datasetId));
  }

  /**
   * Keeps deletions of items and new features of a dataset apart, so that one of them sees the
   * other; ends with the transaction.
   */
  void lockFeatures(UUID datasetId) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))", "features " + datasetId));
  }

  /** Holds off the removal of stored objects until the transaction ends. */
  void holdObjects() {
    jdbi.useHandle(
        handle ->
            handle.execute("select pg_advisory_xact_lock_shared(hashtext('learning.objects'))"));
  }

  /** Waits until nobody names objects and keeps everybody off until the transaction ends. */
  void claimObjects() {
    jdbi.useHandle(
        handle -> handle.execute("select pg_advisory_xact_lock(hashtext('learning.objects'))"));
  }

  /** Of some objects, those that features or embeddings of any dataset name. */
  Set<String> named(Collection<String> sha256s) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select o from unnest(:objects) o
                    where exists (select 1 from learning.feature_part where values_sha256 = o)
                      or exists (select 1 from learning.feature_set where learned_sha256 = o)
                      or exists (select 1 from learning.pool_part where items_sha256 = o)
                      or exists (select 1 from learning.embedding
                        where values_sha256 = o or refused_sha256 = o)
                    """)
                .bind("objects", sha256s.toArray(String[]::new))
                .mapTo(String.class)
                .collectIntoSet());
  }

  /** Items of a dataset that were deleted for good. */
  Set<UUID> gone(UUID datasetId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select item_id from learning.gone where dataset_id = :dataset")
                .bind("dataset", datasetId)
                .mapTo(UUID.class)
                .collectIntoSet());
  }

  List<PartRow> itemParts(UUID datasetId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select first_row, row_count, last_ordinal, items_sha256 as sha256
                    from learning.pool_part where dataset_id = :dataset order by first_row
                    """)
                .bind("dataset", datasetId)
                .map(PART)
                .list());
  }

  void addItemPart(UUID datasetId, PartRow part) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.pool_part
                      (dataset_id, first_row, row_count, last_ordinal, items_sha256)
                    values (:dataset, :first, :rows, :last, :sha)
                    """)
                .bind("dataset", datasetId)
                .bind("first", part.firstRow())
                .bind("rows", part.rowCount())
                .bind("last", part.lastOrdinal())
                .bind("sha", part.sha256())
                .execute());
  }

  Optional<Integer> versionRows(UUID datasetId, int version) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select row_count from learning.pool_version
                    where dataset_id = :dataset and dataset_version = :version
                    """)
                .bind("dataset", datasetId)
                .bind("version", version)
                .mapTo(Integer.class)
                .findOne());
  }

  void addVersion(UUID datasetId, int version, int rows) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.pool_version (dataset_id, dataset_version, row_count)
                    values (:dataset, :version, :rows) on conflict do nothing
                    """)
                .bind("dataset", datasetId)
                .bind("version", version)
                .bind("rows", rows)
                .execute());
  }

  Optional<FeatureSetRow> set(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + SET_COLUMNS + " from learning.feature_set where id = :id")
                .bind("id", id)
                .map(SET)
                .findOne());
  }

  /** The set of a dataset with this digest that can be added to. */
  Optional<FeatureSetRow> set(UUID datasetId, String digest) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + SET_COLUMNS
                        + """
                         from learning.feature_set
                        where dataset_id = :dataset and digest = :digest
                          and learned_sha256 is not null
                        """)
                .bind("dataset", datasetId)
                .bind("digest", digest)
                .map(SET)
                .findOne());
  }

  /** Inserts a set with its first rows unless the same is there already; answers whether. */
  boolean insert(FeatureSetRow set, int rows, String valuesSha256, Instant now) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                    with made as (
                      insert into learning.feature_set
                        (id, project_id, dataset_id, method, digest, description, layout,
                         column_count, antisymmetric_from, learned_sha256, created_at)
                      values (:id, :project, :dataset, :method, :digest, :description, :layout,
                         :columns, :antisymmetric, :learned, :now)
                      on conflict (dataset_id, digest) where learned_sha256 is not null do nothing
                      returning id)
                    insert into learning.feature_part (set_id, first_row, row_count, values_sha256)
                    select id, 0, :rows, :values from made
                    """)
                    .bind("id", set.id())
                    .bind("project", set.projectId())
                    .bind("dataset", set.datasetId())
                    .bind("method", set.method())
                    .bind("digest", set.digest())
                    .bind("description", set.description())
                    .bind("layout", set.layout().name())
                    .bind("columns", set.columnCount())
                    .bind("antisymmetric", set.antisymmetricFrom())
                    .bind("learned", set.learnedSha256())
                    .bind("now", now)
                    .bind("rows", rows)
                    .bind("values", valuesSha256)
                    .execute())
        == 1;
  }

  /** Adds rows to a set unless somebody added some there meanwhile; answers whether. */
  boolean insertPart(UUID setId, PartRow part) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                    insert into learning.feature_part (set_id, first_row, row_count, values_sha256)
                    values (:set, :first, :rows, :values) on conflict do nothing
                    """)
                    .bind("set", setId)
                    .bind("first", part.firstRow())
                    .bind("rows", part.rowCount())
                    .bind("values", part.sha256())
                    .execute())
        == 1;
  }

  /** Runs of rows of a set, in their order. */
  List<PartRow> valueParts(UUID setId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select first_row, row_count, 0 as last_ordinal, values_sha256 as sha256
                    from learning.feature_part where set_id = :set order by first_row
                    """)
                .bind("set", setId)
                .map(PART)
                .list());
  }

  List<FeatureSetRow> sets(UUID datasetId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select " + SET_COLUMNS + " from learning.feature_set where dataset_id = :id")
                .bind("id", datasetId)
                .map(SET)
                .list());
  }

  /** Replaces the values of a part unless somebody replaced them meanwhile; answers whether. */
  boolean replaceValues(UUID setId, PartRow part, String sha256) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update learning.feature_part set values_sha256 = :sha
                        where set_id = :set and first_row = :first and values_sha256 = :old
                        """)
                    .bind("set", setId)
                    .bind("first", part.firstRow())
                    .bind("old", part.sha256())
                    .bind("sha", sha256)
                    .execute())
        == 1;
  }

  List<String> objects() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select items_sha256 from learning.pool_part
                    union select values_sha256 from learning.feature_part
                    union select learned_sha256 from learning.feature_set
                      where learned_sha256 is not null
                    """)
                .mapTo(String.class)
                .list());
  }
}
