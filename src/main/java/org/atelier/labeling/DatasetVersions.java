package org.atelier.labeling;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.queue.Rows;
import org.jdbi.v3.core.Jdbi;

/** The versions of a project's datasets that a job may be made of. */
@Singleton
class DatasetVersions {

  /** Newest versions of one dataset that are offered. */
  static final int OFFERED = 50;

  private final Jdbi jdbi;

  DatasetVersions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A version.
   *
   * @param items when it was made, those deleted since included
   */
  record Offered(
      UUID datasetId,
      String name,
      ItemKind kind,
      int number,
      int latest,
      int items,
      int labeled,
      String note) {}

  /** The name of a dataset, empty when the project has no such dataset. */
  @Transactional
  String name(UUID projectId, UUID datasetId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select name from dataset.dataset where id = :dataset and project_id = :project")
                .bind("dataset", datasetId)
                .bind("project", projectId)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }

  /**
   * Of every dataset the newest versions, newest first, and the wished one however old it is;
   * datasets by name.
   *
   * @param wished dataset whose version is kept in the list, or null
   */
  @Transactional
  List<Offered> of(UUID projectId, UUID wished, int version) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    """
                    select d.id as dataset_id, d.name, d.kind, v.number, d.latest_version as latest,
                      v.item_count as items, v.labeled, v.note
                    from dataset.dataset d join dataset.dataset_version v on v.dataset_id = d.id
                    where d.project_id = :project and (v.number > d.latest_version - :offered
                      or v.dataset_id = :wished and v.number = :version)
                    order by lower(d.name), d.id, v.number desc
                    """)
                .bind("project", projectId)
                .bind("offered", OFFERED)
                .bindByType("wished", wished, UUID.class)
                .bind("version", version)
                .map(Rows.mapper(Offered.class))
                .list());
  }
}
