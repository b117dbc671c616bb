package org.atelier.learning.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atelier.dataset.Datasets;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.model.Learner;
import org.atelier.learning.numeric.Processor;
import org.atelier.learning.pool.FeatureMethod;
import org.atelier.learning.pool.FeatureService;
import org.atelier.learning.pool.PoolItems;
import org.atelier.learning.simulate.SimulatedPeople;
import org.atelier.learning.simulate.Simulation;
import org.atelier.learning.simulate.SimulationReport;
import org.atelier.platform.work.CancelledWorkException;
import org.atelier.platform.work.WorkContext;
import org.atelier.platform.work.WorkHandler;

/**
 * Durable work: features, then a whole campaign against the known labels. A restart begins the
 * campaign again and, with the same seed, comes to the same report.
 */
@Singleton
class RehearsalWork implements WorkHandler {

  static final String KIND = "rehearsal";

  private static final Pattern ROUND = Pattern.compile("^round (\\d+): ([\\d,]+) human labels");

  private final RehearsalRepository rehearsals;
  private final KnownTruth knownTruth;
  private final Datasets datasets;
  private final FeatureService features;
  private final ObjectMapper json;
  private final Clock clock;

  RehearsalWork(
      RehearsalRepository rehearsals,
      KnownTruth knownTruth,
      Datasets datasets,
      FeatureService features,
      ObjectMapper json,
      Clock clock) {
    this.rehearsals = rehearsals;
    this.knownTruth = knownTruth;
    this.datasets = datasets;
    this.features = features;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(WorkContext context) throws Exception {
    RehearsalSettings settings = context.payload(RehearsalSettings.class);
    String report = null;
    String refusal = null;
    try {
      report = simulate(context, settings).toString();
    } catch (RehearsalRefusedException e) {
      refusal = e.getMessage();
      context.log(refusal);
    }
    String done = report;
    String refused = refusal;
    QuarkusTransaction.requiringNew()
        .run(() -> rehearsals.finish(context.subjectId(), done, refused, clock.instant()));
  }

  private ObjectNode simulate(WorkContext context, RehearsalSettings settings)
      throws CancelledWorkException, RehearsalRefusedException {
    UUID project = context.projectId();
    context.progress("Reading the known labels", 0, 0);
    PoolItems items = features.items(project, settings.datasetId(), settings.datasetVersion());
    KnownTruth.Truth truth = knownTruth.read(project, settings, items);
    long started = System.nanoTime();
    Learner learner = learner(context, settings, items);
    double featureSeconds = (System.nanoTime() - started) / 1e9;
    int classes = truth.classes().size();
    SimulatedPeople people =
        new SimulatedPeople(
            truth.labels(),
            classes,
            truth.multiLabel(),
            ConfusionTable.chances(settings, truth.classes()),
            settings.answersPerItem(),
            settings.mostAnswers(),
            settings.seed());
    CampaignSettings campaign = campaign(settings, truth, items.size());
    Simulation simulation =
        new Simulation(
            campaign,
            learner,
            truth.labels(),
            truth.deleted(),
            people,
            System::nanoTime,
            line -> report(context, line, mostLabels(settings, items.size())));
    try {
      Simulation.Outcome outcome = simulation.run();
      ObjectNode report =
          json.valueToTree(
              SimulationReport.of(
                  campaign,
                  outcome,
                  featureSeconds,
                  Map.of("learner", learner.description(), "java", Runtime.version().toString())));
      report.put("budget", budget(settings, items.size()));
      return report.set("measured_against", json.valueToTree(truth.against()));
    } catch (Cancelled e) {
      throw new CancelledWorkException(e.getMessage());
    }
  }

  private Learner learner(WorkContext context, RehearsalSettings settings, PoolItems items)
      throws CancelledWorkException, RehearsalRefusedException {
    if (Processor.lacking().isPresent()) {
      throw new RehearsalRefusedException(Processor.lacking().get());
    }
    FeatureMethod method =
        features
            .method(datasets.dataset(context.projectId(), settings.datasetId()).kind(), null)
            .orElseThrow(
                () -> new RehearsalRefusedException("Nothing here reads items of this kind."));
    try {
      UUID set =
          features.compute(
              context.projectId(),
              settings.datasetId(),
              items,
              method,
              (phase, done, total) -> {
                context.progress(phase, done, total);
                stopWhenCancelled(context);
              });
      return features.learner(set, items.size());
    } catch (Cancelled e) {
      throw new CancelledWorkException(e.getMessage());
    }
  }

  private static CampaignSettings campaign(
      RehearsalSettings settings, KnownTruth.Truth truth, int items) {
    int budget = budget(settings, items);
    int spendable =
        settings.wholeDataset()
            ? WholeDataset.spendable(budget, 0, settings.answersPerItem())
            : budget;
    CampaignSettings.Builder campaign =
        CampaignSettings.standard(
                items,
                truth.classes().size(),
                truth.multiLabel(),
                settings.target(),
                settings.risk(),
                spendable,
                settings.answersPerItem(),
                settings.seed())
            .change();
    if (settings.strategy() != null && !settings.strategy().isBlank()) {
      campaign.strategy(settings.strategy());
    }
    if (settings.batch() != null) {
      campaign.batch(settings.batch());
    }
    return settings.wholeDataset()
        ? campaign.budget(budget).wholeDataset(1).done()
        : campaign.done();
  }

  private static int budget(RehearsalSettings settings, int items) {
    return settings.budget() != null
        ? settings.budget()
        : CampaignSettings.usualBudget(items, settings.answersPerItem());
  }

  /** Labels that simulated people give at most. */
  private static int mostLabels(RehearsalSettings settings, int items) {
    return Math.min(items, budget(settings, items) / Math.max(1, settings.answersPerItem()));
  }

  private static void report(WorkContext context, String line, int mostLabels) {
    context.log(line);
    Matcher round = ROUND.matcher(line);
    if (round.find()) {
      long labels = Long.parseLong(round.group(2).replace(",", ""));
      context.progress(
          "Round %s, labels of simulated people".formatted(round.group(1)),
          labels,
          Math.max(labels, mostLabels));
    }
    stopWhenCancelled(context);
  }

  private static void stopWhenCancelled(WorkContext context) {
    try {
      context.checkCancelled();
    } catch (CancelledWorkException e) {
      throw new Cancelled(e);
    }
  }

  /** Carries a cancellation through code that knows nothing of it. */
  private static final class Cancelled extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Cancelled(CancelledWorkException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Names of the sampling strategies, the default first. */
  static List<String> strategies() {
    return org.atelier.learning.sampling.Strategies.all().stream()
        .map(org.atelier.learning.sampling.SamplingStrategy::name)
        .toList();
  }
}
