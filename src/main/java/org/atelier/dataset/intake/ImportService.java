package org.atelier.dataset.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ReceivedUploads;
import org.atelier.dataset.catalog.CatalogWrites;
import org.atelier.dataset.catalog.DatasetService;
import org.atelier.dataset.catalog.VersionDigest;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Ids;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Starts, continues and cancels imports, and tells how they stand. */
@ApplicationScoped
public class ImportService {

  private static final Logger LOG = Logger.getLogger(ImportService.class);
  private static final int REPORTED_AT_ONCE = 5_000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final ObjectMapper json;
  private final Desk desk;

  ImportService(Jdbi jdbi, Clock clock, ObjectMapper json, Desk desk) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.json = json;
    this.desk = desk;
  }

  /** Whom the service works with. */
  @jakarta.inject.Singleton
  record Desk(
      Work work,
      AuditTrail audit,
      CurrentPerson person,
      UploadFiles uploads,
      SourceOpener opener,
      SourcePrefixes prefixes,
      DatasetService datasets) {}

  /**
   * Makes a dataset and begins its first import.
   *
   * @return the import
   */
  @Transactional
  public ImportView create(
      UUID projectId, String name, ItemKind kind, String description, ImportSpec spec) {
    String stripped = name == null ? "" : name.strip();
    Optional<ImportView> going =
        goingOn(projectId, spec, open -> open.datasetName().equalsIgnoreCase(stripped));
    if (going.isPresent()) {
      return going.get();
    }
    jdbi.withHandle(h -> ImportRepository.fruitlessOf(h, projectId, stripped))
        .forEach(fruitless -> cancel(projectId, fruitless));
    UUID dataset = desk.datasets.create(projectId, name, kind, description);
    return begin(projectId, dataset, spec);
  }

  /**
   * Finds the import that the same request began before, continued when it failed: whoever sends a
   * request again because the answer was lost must not get a second import.
   */
  private Optional<ImportView> goingOn(
      UUID projectId, ImportSpec spec, Predicate<ImportRepository.OpenImport> meant) {
    if (spec == null || spec.upload() == null) {
      return Optional.empty();
    }
    List<ImportRepository.OpenImport> open =
        jdbi.withHandle(
            h -> ImportRepository.openOfUpload(h, projectId, spec.upload(), write(spec)));
    for (ImportRepository.OpenImport before : open) {
      if (before.same() && meant.test(before)) {
        resume(projectId, before.id());
        return Optional.of(view(projectId, before.id()));
      }
      if (!before.fruitless()) {
        throw new ProblemException(
            DatasetProblem.IMPORT_RUNNING,
            "These files are being imported into " + before.datasetName() + " already.",
            Map.of("import", before.id()));
      }
      cancel(projectId, before.id());
    }
    return Optional.empty();
  }

  /**
   * Begins to import into a dataset; only one import can be open for a dataset.
   *
   * @throws ProblemException dataset-import-running, or invalid-input for a spec that cannot work
   */
  @Transactional
  public ImportView start(UUID projectId, UUID datasetId, ImportSpec spec) {
    return goingOn(projectId, spec, open -> open.datasetId().equals(datasetId))
        .orElseGet(() -> begin(projectId, datasetId, spec));
  }

  private ImportView begin(UUID projectId, UUID datasetId, ImportSpec spec) {
    return jdbi.withHandle(
        h -> {
          CatalogWrites.LockedDataset dataset = CatalogWrites.lock(h, projectId, datasetId);
          String source = check(projectId, dataset.itemKind(), spec);
          String chain =
              dataset.latestVersion() == 0
                  ? new VersionDigest().hex()
                  : CatalogWrites.versionFacts(h, datasetId, dataset.latestVersion())
                      .orElseThrow()
                      .digest();
          var made =
              new ImportRepository.NewImport(Ids.next(), projectId, datasetId, write(spec), source);
          UUID by = desk.person.get().map(Person::id).orElse(null);
          ImportRepository.fruitlessOf(h, datasetId).forEach(id -> cancel(projectId, id));
          if (!ImportRepository.insert(h, made, dataset, chain, by, clock.instant())) {
            throw new ProblemException(
                DatasetProblem.IMPORT_RUNNING,
                ImportRepository.isTakingBack(h, datasetId)
                    ? "What a cancelled import wrote is still being taken back. Try again soon, or"
                        + " look at that import when it takes long."
                    : "Another import into this dataset is not finished. Continue or cancel it"
                        + " first.");
          }
          submit(h, made.id(), projectId, datasetId, source);
          desk.audit.record(
              projectId,
              "dataset-import-started",
              "dataset",
              datasetId,
              Map.of("import", made.id(), "source", source, "format", spec.format().name()));
          return ImportRepository.view(h, projectId, made.id()).orElseThrow();
        });
  }

  private void submit(Handle h, UUID id, UUID projectId, UUID datasetId, String source) {
    UUID work =
        desk.work.submit(
            new WorkRequest(
                projectId,
                ImportHandler.KIND,
                datasetId,
                "Import " + source,
                new ImportHandler.Payload(id)));
    ImportRepository.setWork(h, id, work);
  }

  private String check(UUID projectId, ItemKind kind, ImportSpec spec) {
    if (spec == null || spec.format() == null) {
      throw ProblemException.invalid("format", "Say which format the data have.");
    }
    if ((spec.upload() == null) == (spec.path() == null || spec.path().isBlank())) {
      throw ProblemException.invalid("source", "Give either an upload or a path on the server.");
    }
    boolean text = spec.format().isText();
    boolean wrongKind =
        spec.format() != ImportSpec.Format.MANIFEST && text != (kind == ItemKind.TEXT);
    if (wrongKind) {
      throw ProblemException.invalid(
          "format",
          kind == ItemKind.TEXT
              ? "A dataset of texts takes CSV, TSV, JSON Lines or a manifest."
              : "A dataset of pictures takes a folder, a ZIP archive, IDX files or a manifest.");
    }
    boolean noColumn =
        text
            && (spec.text() == null
                || spec.text().textColumns() == null
                || spec.text().textColumns().isEmpty());
    if (noColumn) {
      throw ProblemException.invalid("textColumns", "Say which columns hold the text.");
    }
    if (spec.path() != null) {
      requireAdministrator();
      desk.opener.allowed(spec.path());
      desk.opener.requireLabelsFile(projectId, spec);
      return spec.sourceName(null);
    }
    List<ReceivedUploads.ReceivedFile> files = desk.uploads.files(projectId, spec.upload());
    desk.opener.requireLabelsFile(projectId, spec);
    String first = files.get(0).name();
    int more = files.size() - 1;
    if (spec.format() == ImportSpec.Format.FOLDER && more > 0) {
      return "Folder of %,d files".formatted(files.size());
    }
    return more == 0 ? first : first + " and " + more + (more == 1 ? " more file" : " more files");
  }

  /** Reading the server's own files is for administrators of the installation. */
  public void requireAdministrator() {
    if (!desk.person.require().administrator()) {
      throw new ProblemException(
          DatasetProblem.PATH_NOT_ALLOWED,
          "Only administrators import from the server's own folders.");
    }
  }

  /**
   * Allows a place for the manifests of a project; for administrators.
   *
   * @param location folder of the server, null or empty to read from S3 itself
   */
  public void allow(UUID projectId, String prefix, String location) {
    requireAdministrator();
    String from = prefix == null ? "" : prefix.strip();
    String below = location == null || location.isBlank() ? null : location.strip();
    Optional<String> breach = SourcePrefixes.breach(new SourcePrefixes.Prefix(from, below));
    String folder = null;
    try {
      folder = below == null ? null : desk.opener.allowed(below).toString();
    } catch (ProblemException e) {
      if (breach.isEmpty()) {
        throw e;
      }
      throw new ProblemException(
          CommonProblem.INVALID_INPUT,
          breach.get(),
          Map.of(
              "field",
              "prefix",
              "fields",
              Map.of("prefix", breach.get(), "location", e.getMessage())));
    }
    if (breach.isPresent()) {
      throw ProblemException.invalid("prefix", breach.get());
    }
    desk.prefixes.allow(
        projectId, new SourcePrefixes.Prefix(from, folder), desk.person.require().id());
  }

  /** Folders of the server that administrators may import from. */
  public List<String> roots() {
    return desk.opener.roots();
  }

  public ImportView view(UUID projectId, UUID importId) {
    return jdbi.withHandle(h -> ImportRepository.view(h, projectId, importId))
        .map(desk.uploads::looked)
        .orElseThrow(ImportService::notFound);
  }

  private List<ImportView> looked(List<ImportView> views) {
    return views.stream().map(desk.uploads::looked).toList();
  }

  /** Imports of a dataset, newest first. */
  public List<ImportView> ofDataset(UUID projectId, UUID datasetId) {
    return looked(jdbi.withHandle(h -> ImportRepository.ofDataset(h, projectId, datasetId)));
  }

  /** Imports of a project that are not finished. */
  public List<ImportView> open(UUID projectId) {
    return looked(jdbi.withHandle(h -> ImportRepository.open(h, projectId)));
  }

  /**
   * Continues a failed import after the last row that was taken, also one whose work has ended
   * without its knowing.
   */
  @Transactional
  public void resume(UUID projectId, UUID importId) {
    jdbi.useHandle(
        h -> {
          ImportView view =
              ImportRepository.view(h, projectId, importId).orElseThrow(ImportService::notFound);
          CatalogWrites.lock(h, projectId, view.datasetId());
          int queued =
              h.execute(
                  """
                  update dataset.import set state = 'QUEUED', message = null
                  where id = ? and not taking_back and (state = 'FAILED'
                    or state in ('QUEUED', 'RUNNING') and exists (
                      select from platform.work w
                      where w.id = work_id and w.state in ('FAILED', 'CANCELLED')))
                  """,
                  importId);
          if (queued == 1) {
            submit(h, importId, projectId, view.datasetId(), view.sourceName());
          }
        });
  }

  /**
   * Ends an open import and takes back what it wrote: much of it later, and until then no other
   * import into the dataset begins.
   */
  @Transactional
  public void cancel(UUID projectId, UUID importId) {
    jdbi.useHandle(
        h -> {
          UUID datasetId =
              ImportRepository.view(h, projectId, importId)
                  .orElseThrow(ImportService::notFound)
                  .datasetId();
          var dataset = CatalogWrites.lock(h, projectId, datasetId);
          ImportView view = ImportRepository.view(h, projectId, importId).orElseThrow();
          ImportRow row = ImportRepository.find(h, importId).orElseThrow();
          boolean over = row.state().equals("DONE") || row.state().equals("CANCELLED");
          if (over || row.takingBack() && !view.stuck()) {
            return;
          }
          takeBack(h, row, dataset);
          desk.audit.record(
              projectId,
              "dataset-import-cancelled",
              "dataset",
              datasetId,
              Map.of("import", importId));
        });
  }

  /** Goes on with cancelled imports whose taking back failed or was stopped, each for itself. */
  void takeBackStuck() {
    for (ImportRow stuck : jdbi.withHandle(ImportRepository::stuck)) {
      try {
        QuarkusTransaction.requiringNew().run(() -> cancel(stuck.projectId(), stuck.id()));
      } catch (RuntimeException e) {
        LOG.errorf(e, "What the import %s wrote could not be taken back", stuck.id());
      }
    }
  }

  private void takeBack(Handle h, ImportRow row, CatalogWrites.LockedDataset dataset) {
    if (dataset.nextOrdinal() - row.firstOrdinal() <= TakingBack.MOST_ITEMS) {
      ImportRepository.takeBack(h, row, row.firstOrdinal(), dataset.nextOrdinal());
      ImportRepository.endTakenBack(h, row, clock.instant());
      return;
    }
    UUID work =
        desk.work.submit(
            new WorkRequest(
                row.projectId(),
                TakingBack.KIND,
                row.datasetId(),
                "Take back " + row.sourceName(),
                new ImportHandler.Payload(row.id())));
    ImportRepository.beginTakingBack(h, row.id(), work, clock.instant());
  }

  /** The first refused rows of an import. */
  public List<RefusedRow> refusals(UUID projectId, UUID importId, int limit) {
    view(projectId, importId);
    return jdbi.withHandle(h -> Refusals.after(h, importId, -1, -1, limit));
  }

  /** All refused rows of an import, in order of their rows. */
  public void refusals(UUID projectId, UUID importId, Consumer<RefusedRow> each) {
    view(projectId, importId);
    long row = -1;
    int part = -1;
    List<RefusedRow> rows;
    do {
      long afterRow = row;
      int afterPart = part;
      rows =
          jdbi.withHandle(h -> Refusals.after(h, importId, afterRow, afterPart, REPORTED_AT_ONCE));
      for (RefusedRow refused : rows) {
        each.accept(refused);
        row = refused.rowNumber();
        part = refused.part();
      }
    } while (rows.size() == REPORTED_AT_ONCE);
  }

  private static ProblemException notFound() {
    return new ProblemException(DatasetProblem.IMPORT_NOT_FOUND, "The project has no such import.");
  }

  private String write(ImportSpec spec) {
    try {
      return json.writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A spec can always be written", e);
    }
  }
}
