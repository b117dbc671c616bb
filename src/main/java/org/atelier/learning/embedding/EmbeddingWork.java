package org.atelier.learning.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ReceivedUploads;
import org.atelier.learning.feature.UnusableFileException;
import org.atelier.learning.pool.FeatureObjects;
import org.atelier.learning.pool.LocalFiles;
import org.atelier.platform.ProblemException;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.jdbi.v3.core.Jdbi;

/** Durable work: reads uploaded embeddings into an object of records by item. */
@Singleton
class EmbeddingWork implements WorkHandler {

  static final String KIND = "embeddings-read";

  private static final String TAKEN = "\"taken\"";
  private static final int NAMED = 20;

  private final EmbeddingRepository repository;
  private final EmbeddingErasure erasure;
  private final Datasets datasets;
  private final ReceivedUploads uploads;
  private final FeatureObjects objects;
  private final ObjectStore store;
  private final LocalFiles files;
  private final ObjectMapper json;
  private final Clock clock;

  EmbeddingWork(
      Jdbi jdbi,
      EmbeddingErasure erasure,
      Datasets datasets,
      ReceivedUploads uploads,
      FeatureObjects objects,
      ObjectStore store,
      LocalFiles files,
      ObjectMapper json,
      Clock clock) {
    this.repository = new EmbeddingRepository(jdbi);
    this.erasure = erasure;
    this.datasets = datasets;
    this.uploads = uploads;
    this.objects = objects;
    this.store = store;
    this.files = files;
    this.json = json;
    this.clock = clock;
  }

  /** What is to be read. */
  record Order(UUID upload) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    UUID upload = context.payload(Order.class).upload();
    if (context.checkpoint().isEmpty()) {
      Path values = files.temporary();
      Path refused = files.temporary();
      try {
        read(context, upload, values, refused);
      } finally {
        Files.deleteIfExists(values);
        Files.deleteIfExists(refused);
      }
    }
    erasure.eraseDeleted(context.projectId(), context.subjectId());
    uploads.discard(context.projectId(), upload);
  }

  private void read(WorkContext context, UUID upload, Path values, Path refused) throws Exception {
    UUID project = context.projectId();
    UUID dataset = context.subjectId();
    EmbeddingFiles sent = EmbeddingFiles.of(uploads.files(project, upload));
    EmbeddingIntake intake =
        new EmbeddingIntake(
            names -> datasets.named(project, dataset, names),
            out(values),
            out(refused),
            rows -> progress(context, rows));
    try (intake) {
      sent.read(intake);
    } catch (CancelledMeanwhile cancelled) {
      throw new CancelledWorkException(cancelled.getMessage());
    } catch (UnusableFileException unusable) {
      throw ProblemException.invalid("upload", unusable.getMessage());
    }
    EmbeddingReport report = report(context, intake, sent.values().name());
    if (report.taken() == 0) {
      throw ProblemException.invalid("upload", nothingTaken(report));
    }
    context.progress("Storing embeddings", 0, 0);
    String refusals = report.refused() == 0 ? null : stored(refused);
    String before = repository.find(dataset).map(EmbeddingRow::valuesSha256).orElse(null);
    String digest =
        objects.putNamed(
            values,
            named -> {
              repository.lock(dataset);
              repository.put(row(context, intake, report, named, refusals));
              context.checkpoint(TAKEN);
              return true;
            });
    if (before != null && !before.equals(digest)) {
      files.drop(before);
    }
    context.log(
        "%,d items have an embedding of %,d numbers, %,d rows were refused, %,d items have none."
            .formatted(report.taken(), intake.columns(), report.refused(), report.missing()));
  }

  private EmbeddingRow row(
      WorkContext context,
      EmbeddingIntake intake,
      EmbeddingReport report,
      String digest,
      String refusals) {
    return new EmbeddingRow(
        context.subjectId(),
        context.projectId(),
        digest,
        digest,
        intake.columns(),
        written(report),
        refusals,
        clock.instant());
  }

  private String written(EmbeddingReport report) {
    try {
      return json.writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A report can always be written", impossible);
    }
  }

  private EmbeddingReport report(WorkContext context, EmbeddingIntake intake, String source) {
    int version = datasets.dataset(context.projectId(), context.subjectId()).latestVersion();
    context.progress("Looking for items without an embedding", 0, 0);
    List<String> named = new ArrayList<>();
    int[] missing = {0};
    datasets.items(
        context.projectId(),
        context.subjectId(),
        version,
        0,
        item -> {
          if (!intake.has(item.ordinal())) {
            missing[0]++;
            if (named.size() < NAMED) {
              named.add(item.externalId());
            }
          }
        });
    return intake.report(source, version, missing[0], List.copyOf(named));
  }

  private static String nothingTaken(EmbeddingReport report) {
    if (report.refusals().isEmpty()) {
      return "The file has no rows: it needs one for each item.";
    }
    EmbeddingReport.Refusal first = report.refusals().get(0);
    return "None of the %,d rows could be taken. The first is row %,d (%s): %s. Compare the ids with those on the page of the dataset."
        .formatted(report.rows(), first.row(), first.id(), first.reason());
  }

  private static void progress(WorkContext context, long rows) {
    context.progress("Reading embeddings", rows, 0);
    try {
      context.checkCancelled();
    } catch (CancelledWorkException cancelled) {
      throw new CancelledMeanwhile(cancelled);
    }
  }

  private static OutputStream out(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 18);
  }

  private String stored(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return store.put(in, "application/octet-stream").sha256();
    }
  }

  /** Carries a cancellation through code that knows nothing of it. */
  private static final class CancelledMeanwhile extends IllegalStateException {
    private static final long serialVersionUID = 1;

    CancelledMeanwhile(CancelledWorkException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
