package org.atelier.learning.embedding;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

/** SQL of {@code learning.embedding} and {@code learning.embedding_reading}. */
final class EmbeddingRepository {

  private static final String COLUMNS =
      """
      select dataset_id, project_id, content_digest, values_sha256, column_count,
        report::text as report, refused_sha256, read_at
      from learning.embedding
      """;

  private final Jdbi jdbi;

  EmbeddingRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  Optional<EmbeddingRow> find(UUID datasetId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(COLUMNS + "where dataset_id = :dataset")
                .bind("dataset", datasetId)
                .map(RecordMapper.of(EmbeddingRow.class))
                .findOne());
  }

  /** Keeps a reading and a deletion in one dataset apart; ends with the transaction. */
  void lock(UUID datasetId) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))", "embedding " + datasetId));
  }

  void put(EmbeddingRow row) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.embedding (dataset_id, project_id, content_digest,
                      values_sha256, column_count, report, refused_sha256, read_at)
                    values (:dataset, :project, :content, :values, :columns,
                      cast(:report as jsonb), :refused, :at)
                    on conflict (dataset_id) do update set
                      content_digest = excluded.content_digest,
                      values_sha256 = excluded.values_sha256,
                      column_count = excluded.column_count, report = excluded.report,
                      refused_sha256 = excluded.refused_sha256, read_at = excluded.read_at
                    """)
                .bind("dataset", row.datasetId())
                .bind("project", row.projectId())
                .bind("content", row.contentDigest())
                .bind("values", row.valuesSha256())
                .bind("columns", row.columnCount())
                .bind("report", row.report())
                .bind("refused", row.refusedSha256())
                .bind("at", row.readAt().atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** Puts other records in place of known ones; answers whether those were still current. */
  boolean replaceValues(UUID datasetId, String known, String fresh) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update learning.embedding set values_sha256 = :fresh
                        where dataset_id = :dataset and values_sha256 = :known
                        """)
                    .bind("dataset", datasetId)
                    .bind("known", known)
                    .bind("fresh", fresh)
                    .execute())
        == 1;
  }

  /** Remembers which work reads the newest file. */
  void reading(UUID datasetId, UUID workId) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.embedding_reading (dataset_id, work_id)
                    values (:dataset, :work)
                    on conflict (dataset_id) do update set work_id = excluded.work_id
                    """)
                .bind("dataset", datasetId)
                .bind("work", workId)
                .execute());
  }

  Optional<UUID> readingWork(UUID datasetId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select work_id from learning.embedding_reading where dataset_id = :dataset")
                .bind("dataset", datasetId)
                .mapTo(UUID.class)
                .findOne());
  }

  /** Forgets the embeddings of a dataset; what was forgotten. */
  Optional<EmbeddingRow> remove(UUID datasetId) {
    Optional<EmbeddingRow> found = find(datasetId);
    jdbi.useHandle(
        handle -> {
          handle.execute("delete from learning.embedding where dataset_id = ?", datasetId);
          handle.execute("delete from learning.embedding_reading where dataset_id = ?", datasetId);
        });
    return found;
  }

  /** Digests of all objects that embeddings need. */
  List<String> objects() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select values_sha256 from learning.embedding
                    union all
                    select refused_sha256 from learning.embedding
                      where refused_sha256 is not null
                    """)
                .mapTo(String.class)
                .list());
  }
}
