package org.atelier.learning.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** SQL of {@code learning.certificate} and {@code learning.gone}. */
@Singleton
class CertificateRepository {

  private final Jdbi jdbi;
  private final ObjectMapper json;

  CertificateRepository(Jdbi jdbi, ObjectMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  void insert(UUID projectId, UUID jobId, String document, String digest, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into learning.certificate
                      (job_id, project_id, document, digest, issued_at)
                    values (:job, :project, :document, :digest, :now)
                    on conflict (job_id) do nothing
                    """)
                .bind("job", jobId)
                .bind("project", projectId)
                .bind("document", document)
                .bind("digest", digest)
                .bind("now", now)
                .execute());
  }

  Optional<CertificateView> find(UUID projectId, UUID jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id, document, digest, affected_at, affected_items
                    from learning.certificate where job_id = :job and project_id = :project
                    """)
                .bind("job", jobId)
                .bind("project", projectId)
                .map((row, context) -> view(row))
                .findOne());
  }

  /** The document exactly as it was digested. */
  Optional<String> document(UUID projectId, UUID jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select document from learning.certificate
                    where job_id = :job and project_id = :project
                    """)
                .bind("job", jobId)
                .bind("project", projectId)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Notes deleted items, and that certificates are affected whose jobs' version of the dataset had
   * them.
   */
  void gone(UUID datasetId, UUID[] items, Instant now) {
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into learning.gone (dataset_id, item_id)
                  select :dataset, unnest(:items) on conflict do nothing
                  """)
              .bind("dataset", datasetId)
              .bind("items", items)
              .execute();
          handle
              .createUpdate(
                  """
                  update learning.certificate c set affected_at = coalesce(affected_at, :now),
                    affected_items = affected_items + g.had
                  from learning.learner l
                  cross join lateral (
                    select count(*)::int as had from dataset.item i
                    where i.id = any(:items) and i.dataset_id = l.dataset_id
                      and i.added_in <= l.dataset_version
                      and (i.removed_in is null or i.removed_in > l.dataset_version)) g
                  where l.job_id = c.job_id and l.dataset_id = :dataset and g.had > 0
                  """)
              .bind("now", now)
              .bind("items", items)
              .bind("dataset", datasetId)
              .execute();
        });
  }

  private CertificateView view(ResultSet row) throws SQLException {
    Timestamp affected = row.getTimestamp("affected_at");
    try {
      return new CertificateView(
          row.getObject("job_id", UUID.class),
          json.readValue(row.getString("document"), Certificate.class),
          row.getString("digest"),
          null,
          null,
          affected == null ? null : affected.toInstant(),
          row.getInt("affected_items"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A certificate cannot be read", e);
    }
  }
}
