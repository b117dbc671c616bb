package org.atelier.learning.rehearsal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.atelier.dataset.DatasetView;
import org.atelier.dataset.Datasets;
import org.atelier.dataset.VersionView;
import org.atelier.platform.AuditTrail;
import org.atelier.platform.CurrentPerson;
import org.atelier.platform.Ids;
import org.atelier.platform.ProblemException;
import org.atelier.platform.work.Work;
import org.atelier.platform.work.WorkRequest;
import org.atelier.platform.work.WorkService;
import org.atelier.platform.work.WorkState;
import org.atelier.platform.work.WorkView;

/** Starts simulations and shows what came of them. */
@Singleton
class Rehearsals {

  private static final int SHOWN = 50;
  private static final int VERSIONS_OFFERED = 10;

  private final RehearsalRepository rehearsals;
  private final Datasets datasets;
  private final Work work;
  private final WorkService works;
  private final AuditTrail audit;
  private final CurrentPerson currentPerson;
  private final ObjectMapper json;
  private final Clock clock;

  Rehearsals(
      RehearsalRepository rehearsals,
      Datasets datasets,
      Work work,
      WorkService works,
      AuditTrail audit,
      CurrentPerson currentPerson,
      ObjectMapper json,
      Clock clock) {
    this.rehearsals = rehearsals;
    this.datasets = datasets;
    this.work = work;
    this.works = works;
    this.audit = audit;
    this.currentPerson = currentPerson;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A simulation as pages and scripts see it.
   *
   * @param report as the command line writes it, null until done
   * @param refusal why the data does not allow it, null otherwise
   * @param state how its background work stands
   * @param progress how far it is; null once its background work is not known any more
   * @param cost of the answers, null until done
   * @param saved what people would have been paid for the machine's labels, null until done
   */
  record RehearsalView(
      UUID id,
      String dataset,
      int datasetVersion,
      RehearsalSettings settings,
      JsonNode report,
      String refusal,
      WorkState state,
      @JsonIgnore WorkView progress,
      UUID workId,
      java.time.Instant createdAt,
      java.time.Instant finishedAt,
      BigDecimal cost,
      BigDecimal saved) {

    /** Whether it ended without a report: "cancelled" or "failed"; null otherwise. */
    public String endedAs() {
      return report == null && refusal == null
          ? switch (state) {
            case CANCELLED -> "cancelled";
            case FAILED -> "failed";
            case QUEUED, RUNNING, DONE -> null;
          }
          : null;
    }

    /** Whether it is still to come to an end. */
    public boolean underWay() {
      return report == null && refusal == null && endedAs() == null;
    }

    /** Share of all items that the machine labelled, in percent with one decimal. */
    public String machineShare() {
      return report == null
          ? "–"
          : "%.1f".formatted(100.0 * number("machine_labels") / number("items"));
    }

    /** A whole number of the report with thousands separators. */
    public String count(String field) {
      return report == null ? "–" : "%,d".formatted((long) number(field));
    }

    /** A share of the report in percent with one decimal; a dash when it is not known. */
    public String percent(String field) {
      JsonNode value = report == null ? null : report.at("/" + field);
      return value == null || !value.isNumber() ? "–" : "%.1f".formatted(100 * value.asDouble());
    }

    /** What its labels were measured against, in words; null when the report does not say. */
    public String measuredAgainst() {
      JsonNode against = report == null ? null : report.get("measured_against");
      return against == null
          ? null
          : RehearsalChoice.words(
              against.path("imported").asInt(),
              against.path("people").asInt(),
              against.path("instead_of_machine").asInt());
    }

    /** How people were simulated, in words. */
    public String simulatedPeople() {
      boolean confusions = settings.confusion() != null && !settings.confusion().isBlank();
      return "%d answer%s an item, at most %d where they differ; %s"
          .formatted(
              settings.answersPerItem(),
              settings.answersPerItem() == 1 ? "" : "s",
              settings.mostAnswers(),
              confusions
                  ? "wrong as often as the confusions say that were given"
                  : RehearsalForm.percent(settings.labelerError()) + " % of answers wrong");
    }

    /** What was asked for, in words. */
    public String asked() {
      return "%s %% of %s right, at a risk of %s %%"
          .formatted(
              RehearsalForm.percent(settings.target()),
              settings.wholeDataset() ? "all labels" : "the model's labels",
              RehearsalForm.percent(settings.risk()));
    }

    /** The most answers, in words. */
    public String budget() {
      JsonNode used = report == null ? null : report.get("budget");
      return settings.budget() != null
          ? "%,d answers".formatted(settings.budget())
          : used == null
              ? "a fifth of the items, but 600 at least"
              : "%,d answers, those of a fifth of the items, but of 600 at least"
                  .formatted(used.asInt());
    }

    /** The other settings, in words. */
    public String otherSettings() {
      String strategy = settings.strategy() == null ? "" : settings.strategy();
      return "strategy %s, %s, seed %d"
          .formatted(
              strategy.isBlank() ? "as measured" : strategy,
              settings.batch() == null
                  ? "items per round by the budget"
                  : "%,d items per round".formatted(settings.batch()),
              settings.seed());
    }

    /** Why a job would have paused with what was asked; null when it would not. */
    public String pausedBecause() {
      return report == null ? null : report.path("refusal").textValue();
    }

    /** Whether the model labelled anything. */
    public boolean hasMachineLabels() {
      return report != null && number("machine_labels") > 0;
    }

    /** Whether the budget was used up before every item had a label. */
    public boolean leftWithoutLabel() {
      return report != null && number("unlabeled") > 0;
    }

    /** Whether the machine labels were certified. */
    public boolean certified() {
      return report != null && report.path("certified").asBoolean();
    }

    private double number(String field) {
      return report.at("/" + field).asDouble();
    }
  }

  /**
   * Of every dataset those of its ten newest labelled versions whose items all have a label that no
   * machine gave, newest first.
   */
  @Transactional
  List<RehearsalChoice> choices(UUID project) {
    Map<UUID, List<VersionView>> versions =
        datasets.newestLabeled(project, VERSIONS_OFFERED).stream()
            .collect(Collectors.groupingBy(VersionView::datasetId));
    return datasets.datasets(project).stream()
        .flatMap(
            dataset ->
                versions.getOrDefault(dataset.id(), List.of()).stream()
                    .map(version -> RehearsalChoice.of(dataset, version)))
        .filter(RehearsalChoice::measurable)
        .toList();
  }

  /** Starts a simulation; it runs as durable work. */
  @Transactional
  RehearsalView start(UUID project, RehearsalSettings asked) {
    asked.checked();
    DatasetView dataset = datasets.dataset(project, asked.datasetId());
    RehearsalSettings settings =
        asked.datasetVersion() != null ? asked : asked.ofVersion(dataset.latestVersion());
    datasets.version(project, settings.datasetId(), settings.datasetVersion());
    UUID id = Ids.next();
    UUID workId =
        work.submit(
            new WorkRequest(
                project,
                RehearsalWork.KIND,
                id,
                "Simulate labeling of \"" + dataset.name() + "\"",
                settings));
    RehearsalRow row =
        new RehearsalRow(
            id,
            project,
            settings.datasetId(),
            settings.datasetVersion(),
            write(settings),
            null,
            null,
            workId,
            clock.instant(),
            null);
    rehearsals.insert(row, currentPerson.require().id());
    audit.record(
        project, "simulation-started", "simulation", id, Map.of("dataset", dataset.name()));
    return view(row);
  }

  @Transactional
  List<RehearsalView> newest(UUID project) {
    return rehearsals.newest(project, SHOWN).stream().map(this::view).toList();
  }

  /**
   * @throws ProblemException not-found when the project has no such simulation
   */
  @Transactional
  RehearsalView find(UUID project, UUID id) {
    return rehearsals
        .find(project, id)
        .map(this::view)
        .orElseThrow(() -> ProblemException.notFound("There is no such simulation."));
  }

  private RehearsalView view(RehearsalRow row) {
    RehearsalSettings settings = read(row.settings(), RehearsalSettings.class);
    JsonNode report = row.report() == null ? null : read(row.report(), JsonNode.class);
    Optional<WorkView> progress = works.find(row.workId());
    BigDecimal cost = null;
    BigDecimal saved = null;
    if (report != null) {
      cost = times(settings.price(), report.path("human_answers").asLong());
      saved =
          times(
              settings.price(), report.path("machine_labels").asLong() * settings.answersPerItem());
    }
    return new RehearsalView(
        row.id(),
        datasets.dataset(row.projectId(), row.datasetId()).name(),
        row.datasetVersion(),
        settings,
        report,
        row.refusal(),
        progress.map(WorkView::state).orElse(WorkState.CANCELLED),
        progress.orElse(null),
        row.workId(),
        row.createdAt(),
        row.finishedAt(),
        cost,
        saved);
  }

  private static BigDecimal times(BigDecimal price, long answers) {
    return price.multiply(BigDecimal.valueOf(answers)).setScale(2, RoundingMode.HALF_UP);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The settings cannot be written as JSON", e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored simulation cannot be read", e);
    }
  }
}
