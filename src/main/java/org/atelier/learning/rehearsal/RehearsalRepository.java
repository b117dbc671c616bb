package org.atelier.learning.rehearsal;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

@Singleton
class RehearsalRepository {

  private static final String COLUMNS =
      """
      select id, project_id, dataset_id, dataset_version, settings::text as settings,
        report::text as report, refusal, work_id, created_at, finished_at
      from learning.rehearsal
      """;

  private final Jdbi jdbi;

  RehearsalRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void insert(RehearsalRow row, UUID person) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    insert into learning.rehearsal (id, project_id, dataset_id, dataset_version,
                      settings, work_id, created_by, created_at)
                    values (:id, :project, :dataset, :version, cast(:settings as jsonb), :work,
                      :person, :at)
                    """)
                .bind("id", row.id())
                .bind("project", row.projectId())
                .bind("dataset", row.datasetId())
                .bind("version", row.datasetVersion())
                .bind("settings", row.settings())
                .bind("work", row.workId())
                .bind("person", person)
                .bind("at", row.createdAt())
                .execute());
  }

  Optional<RehearsalRow> find(UUID project, UUID id) {
    return jdbi.withHandle(
        h ->
            h.createQuery(COLUMNS + "where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .map(RecordMapper.of(RehearsalRow.class))
                .findOne());
  }

  List<RehearsalRow> newest(UUID project, int limit) {
    return jdbi.withHandle(
        h ->
            h.createQuery(COLUMNS + "where project_id = :project order by id desc limit :limit")
                .bind("project", project)
                .bind("limit", limit)
                .map(RecordMapper.of(RehearsalRow.class))
                .list());
  }

  void finish(UUID id, String report, String refusal, Instant at) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    """
                    update learning.rehearsal
                    set report = cast(:report as jsonb), refusal = :refusal, finished_at = :at
                    where id = :id
                    """)
                .bind("report", report)
                .bind("refusal", refusal)
                .bind("at", at)
                .bind("id", id)
                .execute());
  }
}
