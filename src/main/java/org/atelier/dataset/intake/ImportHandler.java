package org.atelier.dataset.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.DatasetService;
import org.atelier.dataset.format.RowReader;
import org.atelier.dataset.format.UnreadableSourceException;
import org.atelier.dataset.picture.PictureCleaner;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemCode;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.DatabaseTrouble;
import org.atelier.platform.storage.ObjectStore;
import org.atelier.platform.storage.StorageException;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;
import org.jdbi.v3.core.Handle;

/**
 * Does imports. What was taken stays in the database with the place in the source, in the same
 * transaction; so every attempt goes on where the one before stopped.
 */
@Singleton
class ImportHandler implements WorkHandler {

  static final String KIND = "dataset-import";

  private static final String STOPPED =
      "Stopped on request. What was read so far is kept: continue the import or cancel it.";

  private static final String UNEXPECTED =
      "Something went wrong on our side. What was read so far is kept: continue the import, or tell"
          + " your administrator.";

  /** Problems of what was sent: continuing with the same files meets them again. */
  private static final Set<ProblemCode> INPUT =
      Set.of(
          DatasetProblem.UNREADABLE_SOURCE,
          DatasetProblem.UPLOAD_NOT_FOUND,
          CommonProblem.INVALID_INPUT);

  /** Names the import. */
  record Payload(UUID importId) {}

  private final Transactions transactions;
  private final ObjectStore objects;
  private final SourceOpener opener;
  private final PictureCleaner cleaner;
  private final UploadFiles uploads;
  private final DatasetService datasets;
  private final Settings settings;

  ImportHandler(
      Transactions transactions,
      ObjectStore objects,
      SourceOpener opener,
      PictureCleaner cleaner,
      UploadFiles uploads,
      DatasetService datasets,
      Settings settings) {
    this.transactions = transactions;
    this.objects = objects;
    this.opener = opener;
    this.cleaner = cleaner;
    this.uploads = uploads;
    this.datasets = datasets;
    this.settings = settings;
  }

  /** What else it needs. */
  @Singleton
  record Settings(Clock clock, ObjectMapper json, DatasetConfig config) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    UUID id = context.payload(Payload.class).importId();
    Optional<ImportRow> found = transactions.call(h -> ImportRepository.find(h, id));
    if (found.isEmpty() || isFinished(found.get())) {
      return;
    }
    ImportRow row = found.get();
    ImportSpec spec = settings.json.readValue(row.spec(), ImportSpec.class);
    try {
      attempt(context, row, spec);
      if (spec.upload() != null) {
        uploads.remove(spec.upload());
      }
    } catch (ImportRun.NoLongerRunningException e) {
      context.log("The import was cancelled.");
    } catch (ImportRun.StoppedException e) {
      fail(context, id, STOPPED, false);
      throw e.getCause() instanceof CancelledWorkException cancelled ? cancelled : e;
    } catch (StorageException e) {
      throw failed(context, id, e);
    } catch (ProblemException e) {
      fail(context, id, e.getMessage(), INPUT.contains(e.problem()));
      throw e;
    } catch (UnreadableSourceException e) {
      fail(context, id, e.getMessage(), true);
      throw new ProblemException(DatasetProblem.UNREADABLE_SOURCE, e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (DatabaseTrouble.isAway(e) && !isFull(e)) {
        throw e;
      }
      throw failed(context, id, e);
    }
  }

  /** What nobody foresaw ends the work past {@link #run}: the import must not seem to go on. */
  @Override
  public void failed(WorkContext context, String why) {
    fail(context, context.payload(Payload.class).importId(), UNEXPECTED, false);
  }

  private static boolean isFinished(ImportRow row) {
    return row.takingBack() || row.state().equals("CANCELLED") || row.state().equals("DONE");
  }

  private void attempt(WorkContext context, ImportRow row, ImportSpec spec) throws IOException {
    context.progress("Checking the source", 0, 0);
    ItemKind kind =
        transactions.call(h -> CatalogWrites.lock(h, row.projectId(), row.datasetId()).itemKind());
    ExecutorService threads = Executors.newFixedThreadPool(settings.config.pictureThreads());
    try (RowReader reader = opener.open(spec, row.projectId(), kind)) {
      transactions.call(
          h -> {
            ImportRepository.begin(h, row.id(), context.workId(), reader.total());
            ImportRepository.leaveOut(h, row.id(), reader.leftOut());
            return null;
          });
      String phase = reader.countsBytes() ? "Importing, counted in bytes" : "Importing";
      context.progress(phase, 0, reader.total());
      var tools = new ImportRun.Tools(transactions, objects, cleaner, threads);
      new ImportRun(
              tools,
              row,
              reader,
              new RowPreparation(spec.allowedLabels()),
              (position, total) -> after(context, phase, position, total))
          .run();
      context.progress(phase, reader.total(), reader.total());
      transactions.call(h -> finish(h, row.id()));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void after(WorkContext context, String phase, long position, long total)
      throws ImportRun.StoppedException {
    context.progress(phase, position, total);
    try {
      context.checkCancelled();
    } catch (CancelledWorkException e) {
      throw new ImportRun.StoppedException(e);
    }
  }

  private Void finish(Handle h, UUID id) {
    ImportRow row = ImportRepository.find(h, id).orElseThrow();
    var dataset = CatalogWrites.lock(h, row.projectId(), row.datasetId());
    row = ImportRepository.find(h, id).orElseThrow();
    if (!row.state().equals("RUNNING")) {
      throw new ImportRun.NoLongerRunningException();
    }
    if (row.added() == 0) {
      finishEmpty(h, dataset, row);
      return null;
    }
    String note = "Imported " + row.sourceName();
    CatalogWrites.NewVersion version;
    if (row.chain() == null) {
      version =
          CatalogWrites.measure(h, row.datasetId(), row.pendingVersion(), row.added(), 0, note);
    } else {
      Optional<CatalogWrites.NewVersion> before =
          CatalogWrites.versionFacts(h, row.datasetId(), dataset.latestVersion());
      version =
          new CatalogWrites.NewVersion(
              row.chain(),
              before.map(CatalogWrites.NewVersion::itemCount).orElse(0) + row.added(),
              row.added(),
              0,
              before.map(CatalogWrites.NewVersion::labeled).orElse(0) + row.labeled(),
              before.map(CatalogWrites.NewVersion::labeledByPeople).orElse(0),
              before.map(CatalogWrites.NewVersion::labeledByMachine).orElse(0),
              before.map(CatalogWrites.NewVersion::labeledByMachineAlone).orElse(0),
              note);
    }
    datasets.finish(h, dataset, row.pendingVersion(), version);
    ImportRepository.end(h, id, "DONE", row.pendingVersion(), settings.clock.instant());
    return null;
  }

  private void finishEmpty(Handle h, CatalogWrites.LockedDataset dataset, ImportRow row) {
    if (dataset.latestVersion() == 0) {
      throw new ProblemException(
          DatasetProblem.UNREADABLE_SOURCE,
          row.refused() == 0
              ? "The source is empty: there is no row in it."
              : row.refused() == 1
                  ? "No row could be taken: the only one was refused. The report says why."
                  : "No row could be taken: all %,d were refused. The report says why."
                      .formatted(row.refused()));
    }
    ImportRepository.end(h, row.id(), "DONE", null, settings.clock.instant());
  }

  /** The reason goes along as the cause: who runs the work writes it to the log of the server. */
  private ProblemException failed(WorkContext context, UUID id, Exception e) {
    String message = message(e);
    fail(context, id, message, false);
    ProblemException problem = new ProblemException(code(e), message);
    problem.initCause(e);
    return problem;
  }

  private static ProblemCode code(Exception e) {
    if (isFull(e)) {
      return DatasetProblem.STORAGE_FULL;
    }
    return e instanceof StorageException stored ? stored.problem() : CommonProblem.INTERNAL;
  }

  /** Says what the outside did not give, room above all; of the rest the log knows more. */
  static String message(Throwable e) {
    if (isFull(e)) {
      return "The disk is full. Nothing is lost: make room, then continue the import where it"
          + " stopped.";
    }
    return e instanceof StorageException
        ? "The store could not keep the data. What was read so far is safe: continue the import"
            + " when it answers again."
        : UNEXPECTED;
  }

  private static boolean isFull(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return DatabaseTrouble.isFull(e);
  }

  private void fail(WorkContext context, UUID id, String message, boolean inputAtFault) {
    var failure = new ImportRepository.Failure(message, inputAtFault, settings.clock.instant());
    transactions.call(
        h -> {
          ImportRepository.fail(h, id, context.workId(), failure);
          return null;
        });
  }
}
