package org.atelier.learning.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ReceivedUploads;
import org.atelier.learning.pool.LocalFiles;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemException;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.work.WorkRequest;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkView;
import org.jdbi.v3.core.Jdbi;

/** Takes files of embeddings, tells what came of them, forgets them. */
@ApplicationScoped
class Embeddings {

  private final EmbeddingRepository repository;
  private final Datasets datasets;
  private final ReceivedUploads uploads;
  private final WorkService works;
  private final ObjectStore store;
  private final LocalFiles files;
  private final AuditTrail audit;
  private final ObjectMapper json;

  Embeddings(
      Jdbi jdbi,
      Datasets datasets,
      ReceivedUploads uploads,
      WorkService works,
      ObjectStore store,
      LocalFiles files,
      AuditTrail audit,
      ObjectMapper json) {
    this.repository = new EmbeddingRepository(jdbi);
    this.datasets = datasets;
    this.uploads = uploads;
    this.works = works;
    this.store = store;
    this.files = files;
    this.audit = audit;
    this.json = json;
  }

  /**
   * What a dataset has.
   *
   * @param columns numbers per item, 0 when nothing was taken yet
   * @param report of the file the embeddings are from; null when nothing was taken yet
   * @param readAt null when nothing was taken yet
   * @param reading the newest reading of a file, null when there was none
   */
  record View(int columns, EmbeddingReport report, Instant readAt, Reading reading) {}

  /**
   * Reading a file.
   *
   * @param work id of the work, for its page
   * @param state QUEUED, RUNNING, DONE, FAILED or CANCELLED
   * @param error what stopped it, null when nothing did
   */
  record Reading(UUID work, String state, String phase, long done, String error) {
    public boolean open() {
      return state.equals("QUEUED") || state.equals("RUNNING");
    }
  }

  /**
   * Begins to read uploaded files; what is there stays in use until the new file was read.
   *
   * @return id of the work
   * @throws ProblemException invalid-input of {@code upload}
   */
  @Transactional
  UUID begin(UUID projectId, UUID datasetId, UUID uploadId) {
    DatasetView dataset = datasets.dataset(projectId, datasetId);
    if (uploadId == null) {
      throw ProblemException.invalid("upload", "Name the upload that holds the embeddings.");
    }
    if (dataset.latestVersion() == 0) {
      throw ProblemException.invalid("upload", "The dataset has no items yet: import them first.");
    }
    EmbeddingFiles files = EmbeddingFiles.of(uploads.files(projectId, uploadId));
    UUID work =
        works.submit(
            new WorkRequest(
                projectId,
                EmbeddingWork.KIND,
                datasetId,
                "Read embeddings of \"" + dataset.name() + "\"",
                new EmbeddingWork.Order(uploadId)));
    repository.reading(datasetId, work);
    audit.record(
        projectId,
        "embeddings-sent",
        "dataset",
        datasetId,
        Map.of("file", files.values().name(), "bytes", files.values().size()));
    return work;
  }

  View find(UUID projectId, UUID datasetId) {
    datasets.dataset(projectId, datasetId);
    Optional<EmbeddingRow> row = repository.find(datasetId);
    Reading reading =
        repository
            .readingWork(datasetId)
            .flatMap(works::find)
            .map(Embeddings::reading)
            .orElse(null);
    return new View(
        row.map(EmbeddingRow::columnCount).orElse(0),
        row.map(this::report).orElse(null),
        row.map(EmbeddingRow::readAt).orElse(null),
        reading);
  }

  private static Reading reading(WorkView work) {
    return new Reading(work.id(), work.state().name(), work.phase(), work.done(), work.error());
  }

  private EmbeddingReport report(EmbeddingRow row) {
    try {
      return json.readValue(row.report(), EmbeddingReport.class);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("The report of embeddings cannot be read", broken);
    }
  }

  /**
   * The refused rows of the file the embeddings are from, as CSV; the caller closes it.
   *
   * @throws ProblemException not-found when none was refused
   */
  InputStream refused(UUID projectId, UUID datasetId) {
    datasets.dataset(projectId, datasetId);
    return repository
        .find(datasetId)
        .map(EmbeddingRow::refusedSha256)
        .map(store::open)
        .orElseThrow(() -> new ProblemException(CommonProblem.NOT_FOUND, "No row was refused."));
  }

  /** Forgets the embeddings; features that were made of them before stay with their jobs. */
  @Transactional
  void remove(UUID projectId, UUID datasetId) {
    datasets.dataset(projectId, datasetId);
    repository.remove(datasetId).map(EmbeddingRow::valuesSha256).ifPresent(files::drop);
    audit.record(projectId, "embeddings-removed", "dataset", datasetId, Map.of());
  }
}
