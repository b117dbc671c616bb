package org.atelier.home.demo;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.BundledDatasets.Bundle;
import org.atelier.platform.RecordMapper;
import org.jdbi.v3.core.Jdbi;

/** Table {@code home.demo_dataset}. */
@Singleton
class DemoRepository {

  private final Jdbi jdbi;

  DemoRepository(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void insert(UUID datasetId, UUID projectId, Bundle bundle) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into home.demo_dataset (dataset_id, project_id, bundle) values (?, ?, ?)",
                datasetId,
                projectId,
                bundle.name()));
  }

  /** The demo's datasets, pictures first; empty when there is no demo. */
  List<DemoRow> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select dataset_id, project_id, bundle, job_id from home.demo_dataset
                    order by bundle desc
                    """)
                .map(RecordMapper.of(DemoRow.class))
                .list());
  }

  /** The row of a dataset, locked until the transaction ends. */
  Optional<DemoRow> lock(UUID datasetId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select dataset_id, project_id, bundle, job_id from home.demo_dataset
                    where dataset_id = ? for update
                    """)
                .bind(0, datasetId)
                .map(RecordMapper.of(DemoRow.class))
                .findOne());
  }

  void setJob(UUID datasetId, UUID jobId) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update home.demo_dataset set job_id = ? where dataset_id = ?", jobId, datasetId));
  }

  /** Lets only one transaction at a time make the demo. */
  void serialize() {
    jdbi.useHandle(
        handle -> handle.execute("lock table home.demo_dataset in share row exclusive mode"));
  }
}
