package org.atelier.dataset.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.atelier.dataset.DatasetProblem;
import org.atelier.dataset.DatasetVersionMade;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.ItemDeleted;
import org.atelier.dataset.ItemKind;
import org.atelier.dataset.ItemLabels;
import org.atelier.dataset.ItemName;
import org.atelier.dataset.ItemRow;
import org.atelier.dataset.ItemVisitor;
import org.atelier.dataset.LabelCount;
import org.atelier.dataset.TrueLabel;
import org.atelier.dataset.VersionView;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Ids;
import org.atelier.platform.Outbox;
import org.atelier.platform.Person;
import org.atelier.platform.ProblemException;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keeps datasets: makes them, reads them, makes versions of them, deletes items. */
@ApplicationScoped
@Transactional
public class DatasetService implements Datasets {

  /** Most items deleted at once. */
  public static final int MOST_DELETED = 1_000;

  private final Jdbi jdbi;
  private final CatalogReads reads;
  private final Clock clock;
  private final Ports ports;

  DatasetService(Jdbi jdbi, CatalogReads reads, Clock clock, Ports ports) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.clock = clock;
    this.ports = ports;
  }

  /** What the service tells others through. */
  @Singleton
  static class Ports {

    private final Outbox outbox;
    private final AuditTrail audit;
    private final CurrentPerson person;
    private final Work work;
    private final Event<Object> events;

    Ports(Outbox outbox, AuditTrail audit, CurrentPerson person, Work work, Event<Object> events) {
      this.outbox = outbox;
      this.audit = audit;
      this.person = person;
      this.work = work;
      this.events = events;
    }
  }

  /**
   * Makes an empty dataset; it shows once an import gave it a version.
   *
   * @param name 1 to 200 characters, unique in the project whatever its case
   */
  public UUID create(UUID projectId, String name, ItemKind kind, String description) {
    String stripped = name == null ? "" : name.strip();
    if (stripped.isEmpty() || stripped.length() > 200) {
      throw ProblemException.invalid("name", "The name needs 1 to 200 characters.");
    }
    String about = description == null ? "" : description.strip();
    UUID id =
        jdbi.withHandle(
            h ->
                CatalogWrites.insertDataset(
                        h,
                        Ids.next(),
                        projectId,
                        stripped,
                        kind,
                        about,
                        personId(),
                        clock.instant())
                    .orElseThrow(() -> nameTaken(h, projectId, stripped)));
    ports.audit.record(
        projectId, "dataset-created", "dataset", id, Map.of("name", stripped, "kind", kind.name()));
    return id;
  }

  private static ProblemException nameTaken(Handle h, UUID projectId, String name) {
    return new ProblemException(
        DatasetProblem.NAME_TAKEN,
        "The project has a dataset named \"" + name + "\" already. Choose another name.",
        Map.of("field", "name", "dataset", CatalogWrites.named(h, projectId, name)));
  }

  @Override
  public List<DatasetView> datasets(UUID projectId) {
    return reads.datasets(projectId).stream().filter(d -> d.latestVersion() > 0).toList();
  }

  @Override
  public DatasetView dataset(UUID projectId, UUID datasetId) {
    return reads.dataset(projectId, datasetId);
  }

  @Override
  public VersionView version(UUID projectId, UUID datasetId, int number) {
    return reads.version(projectId, datasetId, number);
  }

  @Override
  public List<VersionView> versions(UUID projectId, UUID datasetId) {
    return reads.versions(projectId, datasetId);
  }

  @Override
  public List<VersionView> newestLabeled(UUID projectId, int most) {
    return jdbi.withHandle(h -> LabeledVersions.newest(h, projectId, most));
  }

  @Override
  public void items(
      UUID projectId, UUID datasetId, int version, int fromOrdinal, ItemVisitor visitor) {
    reads.items(projectId, datasetId, version, fromOrdinal, visitor);
  }

  @Override
  public void trueLabels(UUID projectId, UUID datasetId, int version, Consumer<TrueLabel> visitor) {
    reads.trueLabels(projectId, datasetId, version, visitor);
  }

  @Override
  public List<ItemRow> items(UUID projectId, Collection<UUID> itemIds) {
    return reads.items(projectId, itemIds);
  }

  @Override
  public Map<UUID, List<String>> importedLabels(UUID projectId, Collection<UUID> itemIds) {
    return reads.importedLabels(projectId, itemIds);
  }

  @Override
  public Optional<ItemRow> item(UUID projectId, UUID itemId) {
    return reads.items(projectId, List.of(itemId)).stream().findFirst();
  }

  @Override
  public List<ItemName> named(UUID projectId, UUID datasetId, Collection<String> externalIds) {
    return reads.named(projectId, datasetId, externalIds);
  }

  @Override
  public List<LabelCount> labels(UUID projectId, UUID datasetId, int version) {
    return reads.labels(projectId, datasetId, version);
  }

  @Override
  public List<String> labelNames(UUID projectId, UUID datasetId) {
    return jdbi.withHandle(h -> LabelNames.of(h, projectId, datasetId));
  }

  @Override
  public int addLabeledVersion(
      UUID projectId, UUID datasetId, String note, Iterable<ItemLabels> labels) {
    return jdbi.withHandle(
        h -> {
          CatalogWrites.LockedDataset dataset = CatalogWrites.lock(h, projectId, datasetId);
          int number = CatalogWrites.nextVersion(h, dataset);
          CatalogWrites.addLabels(h, datasetId, number, labels);
          var version = CatalogWrites.measure(h, datasetId, number, 0, 0, note);
          finish(h, dataset, number, version);
          return number;
        });
  }

  /**
   * Deletes items for good: from the next version on they are missing, their texts, pictures and
   * thumbnails go from every version, and tombstones say what and why.
   *
   * @param reason 3 to 500 characters
   * @return number of the new version
   */
  public int delete(UUID projectId, UUID datasetId, Collection<UUID> itemIds, String reason) {
    String why = Burials.reason(reason);
    if (itemIds.isEmpty() || itemIds.size() > MOST_DELETED) {
      throw ProblemException.invalid("items", "Choose 1 to 1,000 items.");
    }
    return jdbi.withHandle(h -> delete(h, projectId, datasetId, itemIds, why));
  }

  private int delete(
      Handle h, UUID projectId, UUID datasetId, Collection<UUID> itemIds, String reason) {
    CatalogWrites.LockedDataset dataset = CatalogWrites.lock(h, projectId, datasetId);
    List<UUID> found = Burials.deletable(h, dataset, itemIds);
    if (found.isEmpty()) {
      throw new ProblemException(
          DatasetProblem.ITEM_NOT_FOUND, "The dataset has none of these items (any more).");
    }
    int number = CatalogWrites.nextVersion(h, dataset);
    var burial = new Burials.Burial(reason, personId(), clock.instant());
    List<String> pictures = Burials.bury(h, dataset, number, found, burial);
    String note = found.size() == 1 ? "1 item deleted" : found.size() + " items deleted";
    var version =
        CatalogWrites.measure(h, datasetId, number, 0, found.size(), note + ": " + reason);
    finish(h, dataset, number, version);
    ItemDeleted event = new ItemDeleted(projectId, datasetId, number, found, reason);
    ports.events.fire(event);
    ports.outbox.publish(projectId, "items-deleted", datasetId, event);
    ports.audit.record(
        projectId,
        "items-deleted",
        "dataset",
        datasetId,
        Map.of("version", number, "items", found.size(), "reason", reason));
    // Last, because who listened to the deletion has locked jobs, which come before pictures.
    List<String> objects = Burials.drop(h, projectId, pictures);
    ports.work.submit(
        new WorkRequest(
            projectId,
            EraseHandler.KIND,
            datasetId,
            "Erase " + note.replace(" deleted", ""),
            EraseHandler.Erasure.ofItems(datasetId, number, objects)));
    return number;
  }

  /** Writes a version and tells everybody; in the caller's transaction. */
  public void finish(
      Handle h, CatalogWrites.LockedDataset dataset, int number, CatalogWrites.NewVersion version) {
    CatalogWrites.addVersion(h, dataset, number, version, personId(), clock.instant());
    DatasetVersionMade event =
        new DatasetVersionMade(dataset.projectId(), dataset.id(), number, version.added());
    ports.events.fire(event);
    ports.outbox.publish(dataset.projectId(), "dataset-version-made", dataset.id(), event);
    ports.audit.record(
        dataset.projectId(),
        "dataset-version-made",
        "dataset",
        dataset.id(),
        Map.of("version", number, "items", version.itemCount(), "digest", version.digest()));
  }

  private UUID personId() {
    return ports.person.get().map(Person::id).orElse(null);
  }
}
