package org.atelier.learning.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.atelier.learning.campaign.Campaign;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.campaign.WholeDataset;
import org.atelier.learning.certify.HumanError;
import org.atelier.learning.model.Learner;
import org.atelier.learning.model.Scores;

/** Runs a whole campaign with simulated people and measures it against the truth. */
public final class Simulation {
  private final CampaignSettings settings;
  private final Learner learner;
  private final int[][] truth;
  private final Set<Integer> deleted;
  private final SimulatedPeople people;
  private final LongSupplier nanos;
  private final Consumer<String> progress;
  private final List<Round> rounds = new ArrayList<>();
  private Double trueAccuracy;
  private double oracleShare;
  private double openAccuracy;

  /** Prepares a campaign on items that are all there. */
  public Simulation(
      CampaignSettings settings,
      Learner learner,
      int[][] truth,
      SimulatedPeople people,
      LongSupplier nanos,
      Consumer<String> progress) {
    this(settings, learner, truth, Set.of(), people, nanos, progress);
  }

  /**
   * Prepares a campaign.
   *
   * @param settings where they promise the whole dataset, their budget is for second answers too,
   *     and their bound on human error is replaced by what second answers tell
   * @param truth right label of each item, ascending class numbers; null for deleted items
   * @param deleted items that are not there any more; nobody answers them
   */
  public Simulation(
      CampaignSettings settings,
      Learner learner,
      int[][] truth,
      Set<Integer> deleted,
      SimulatedPeople people,
      LongSupplier nanos,
      Consumer<String> progress) {
    this.settings = settings;
    this.learner = learner;
    this.truth = truth;
    this.deleted = Set.copyOf(deleted);
    this.people = people;
    this.nanos = nanos;
    this.progress = progress;
  }

  /**
   * A round with what only the truth can tell.
   *
   * @param trueAccuracy accuracy of the candidates, or of the accepted labels; null for none
   * @param oracleShare share of all items that somebody who knew the truth could accept at the
   *     target by one threshold on the round's scores
   * @param openAccuracy accuracy of the model on all open items, 1 for none
   */
  public record Round(
      RoundReport report, Double trueAccuracy, double oracleShare, double openAccuracy) {}

  /**
   * How it ended.
   *
   * @param machineAccuracy true accuracy of the machine labels, 1 when there are none
   * @param overallAccuracy true accuracy of all labels, human ones included, 1 when there are none
   * @param human how often people are shown to differ; null unless the whole dataset is promised
   * @param refusal why a job would have paused with what was asked; null when it would not
   */
  public record Outcome(
      CampaignState state,
      Evidence evidence,
      List<Round> rounds,
      double machineAccuracy,
      double overallAccuracy,
      HumanError human,
      String refusal,
      double trainSeconds,
      double totalSeconds) {}

  /** Runs to the end. */
  public Outcome run() {
    long started = nanos.getAsLong();
    boolean whole = settings.scope() == CampaignSettings.Scope.DATASET;
    CampaignState state = CampaignState.start(settings, whole);
    SimulatedAnswers said = new SimulatedAnswers(settings, people);
    Evidence evidence = new Evidence(said.labels(), deleted, 0);
    HumanError human = null;
    String refusal = null;
    int idle = 0;
    while (state.stop() == null) {
      human = said.human(WholeDataset.humanRisk(settings.risk()));
      refusal = WholeDataset.refusal(settings.target(), human).orElse(null);
      if (refusal != null) {
        progress.accept("round %d: %s".formatted(state.round(), refusal));
        break;
      }
      CampaignSettings now = whole ? settings(said.answers(), human) : settings;
      Campaign.Turn turn = new Campaign(now, learner, nanos, this::scored).step(state, evidence);
      state = turn.state();
      Directive directive = turn.directive();
      idle = directive.waiting() ? idle + 1 : 0;
      if (idle > 1) {
        throw new IllegalStateException("the campaign waits for answers that nobody was asked for");
      }
      take(directive);
      said.ask(directive.asks().stream().filter(ask -> !deleted.contains(ask.item())).toList());
      evidence = new Evidence(said.labels(), deleted, said.answers());
    }
    double train = rounds.stream().mapToDouble(round -> round.report().seconds()).sum();
    return outcome(state, evidence, human, refusal, train, (nanos.getAsLong() - started) / 1e9);
  }

  /** As a job would set out from here. */
  private CampaignSettings settings(int spent, HumanError human) {
    return settings
        .change()
        .budget(WholeDataset.spendable(settings.budget(), spent, settings.answersPerItem()))
        .wholeDataset(human.upper())
        .done();
  }

  private void take(Directive directive) {
    RoundReport report = directive.report();
    if (report == null) {
      return;
    }
    Double accuracy = trueAccuracy;
    if (!directive.accepted().isEmpty()) {
      int right = 0;
      for (Directive.Accepted label : directive.accepted()) {
        right += Arrays.equals(label.classes(), truth[label.item()]) ? 1 : 0;
      }
      accuracy = right / (double) directive.accepted().size();
    }
    rounds.add(new Round(report, accuracy, oracleShare, openAccuracy));
    progress.accept(line(report, accuracy));
  }

  private String line(RoundReport report, Double accuracy) {
    String found =
        report.candidateLabels() == 0
            ? ""
            : "estimate %.4f, lower %.4f, ".formatted(report.estimate(), report.lower());
    return "round %d: %,d human labels, %,d candidates, %,d accepted, %s%soracle %.4f, %.1f s. %s"
        .formatted(
            report.round(),
            report.humanLabels(),
            report.candidateLabels(),
            report.acceptedLabels(),
            found,
            accuracy == null ? "" : "true %.4f, ".formatted(accuracy),
            oracleShare,
            report.seconds(),
            report.note());
  }

  private void scored(int round, Scores scores, int[] open, int[] surestFirst, int candidates) {
    int right = 0;
    int oracle = 0;
    trueAccuracy = null;
    for (int i = 0; i < surestFirst.length; i++) {
      int item = surestFirst[i];
      right += Arrays.equals(scores.label(scores.pool(), item), truth[item]) ? 1 : 0;
      if (i + 1 == candidates) {
        trueAccuracy = right / (double) candidates;
      }
      if (right >= settings.target() * (i + 1)) {
        oracle = i + 1;
      }
    }
    oracleShare = oracle / (double) settings.items();
    openAccuracy = surestFirst.length == 0 ? 1 : right / (double) surestFirst.length;
  }

  private Outcome outcome(
      CampaignState state,
      Evidence evidence,
      HumanError human,
      String refusal,
      double trainSeconds,
      double totalSeconds) {
    int machine = 0;
    int machineRight = 0;
    for (CampaignState.AcceptedSet set : state.accepted()) {
      for (int i = 0; i < set.items().length; i++) {
        machine++;
        machineRight += Arrays.equals(set.labels()[i], truth[set.items()[i]]) ? 1 : 0;
      }
    }
    int humanRight = 0;
    for (Evidence.Labeled label : evidence.labels()) {
      humanRight += Arrays.equals(label.classes(), truth[label.item()]) ? 1 : 0;
    }
    int all = machine + evidence.labels().size();
    return new Outcome(
        state,
        evidence,
        List.copyOf(rounds),
        machine == 0 ? 1 : machineRight / (double) machine,
        all == 0 ? 1 : (machineRight + humanRight) / (double) all,
        human,
        refusal,
        trainSeconds,
        totalSeconds);
  }
}
