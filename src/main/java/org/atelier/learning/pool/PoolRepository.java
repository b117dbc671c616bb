package org.atelier.learning.pool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** Inserts a set with its first rows unless the same is there already. */
  void insert(FeatureSetRow set, int rows, String valuesSha256, Instant now) {
    jdbi.useHandle(
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
                .execute());
  }

  /** Adds rows to a set unless somebody added some there meanwhile. */
  void insertPart(UUID setId, PartRow part) {
    jdbi.useHandle(
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
                .execute());
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

  void replaceValues(UUID setId, int firstRow, String sha256) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update learning.feature_part set values_sha256 = :sha
                    where set_id = :set and first_row = :first
                    """)
                .bind("set", setId)
                .bind("first", firstRow)
                .bind("sha", sha256)
                .execute());
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
