package org.atelier.learning.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.atelier.learning.campaign.CampaignSettings;
import org.atelier.learning.campaign.CampaignState;
import org.atelier.learning.model.Learner;

/**
 * Whole campaigns with simulated people, seed by seed.
 *
 * <p>Usage: {@code LearningBench <folder> <data set> <first seed> <last seed> [strategy=margin]
 * [error=0] [answers=1] [budget=N]}. Every seed is a JSON file of {@code <folder>/<data
 * set>-<strategy>…}; seeds that are there are not run again. Features are kept in the folder, too.
 * A table is printed at the end, the mean learning curve below it.
 */
public final class LearningBench {
  private static final double TARGET = 0.95;
  private static final double RISK = 0.05;

  private LearningBench() {}

  /** What may be varied. */
  private record Variant(
      BenchData data, String strategy, double labelerError, int answers, int budget) {
    static Variant of(String[] arguments) {
      BenchData data = BenchData.named(arguments[1]);
      Variant variant = new Variant(data, "margin", 0, 1, data.budget());
      for (String argument : List.of(arguments).subList(4, arguments.length)) {
        String[] pair = argument.split("=", 2);
        variant =
            switch (pair[0]) {
              case "strategy" ->
                  new Variant(data, pair[1], variant.labelerError, variant.answers, variant.budget);
              case "error" ->
                  new Variant(
                      data,
                      variant.strategy,
                      Double.parseDouble(pair[1]),
                      variant.answers,
                      variant.budget);
              case "answers" ->
                  new Variant(
                      data,
                      variant.strategy,
                      variant.labelerError,
                      Integer.parseInt(pair[1]),
                      variant.budget);
              case "budget" ->
                  new Variant(
                      data,
                      variant.strategy,
                      variant.labelerError,
                      variant.answers,
                      Integer.parseInt(pair[1]));
              default -> throw new IllegalArgumentException("unknown argument " + argument);
            };
      }
      return variant;
    }

    String folder() {
      return String.format(
          Locale.ROOT,
          "%s-%s-error%s-answers%d-budget%d",
          data.title(),
          strategy,
          labelerError,
          answers,
          budget);
    }
  }

  /** A point of the learning curve. */
  record Point(int humanLabels, double openAccuracy, double oracleShare) {}

  /**
   * One campaign.
   *
   * @param oracleAtAudit oracle share on the scores of the audit that certified most, 0 for none
   * @param oracleBest largest oracle share of any round
   * @param trueAccuracy of the machine labels
   * @param wrong whether a certified set misses the target
   * @param memory greatest resident set of the process so far in MB, -1 where unknown
   */
  record Result(
      long seed,
      double machineShare,
      double oracleAtAudit,
      double oracleBest,
      double trueAccuracy,
      boolean wrong,
      int humanLabels,
      int auditAnswers,
      double seconds,
      double processorSeconds,
      long memory,
      List<Point> curve) {}

  /** Runs what is missing and prints what there is. */
  public static void main(String[] arguments) throws Exception {
    Path root = Files.createDirectories(Path.of(arguments[0]));
    Variant variant = Variant.of(arguments);
    Path folder = Files.createDirectories(root.resolve(variant.folder()));
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    LabeledData data = null;
    Learner learner = null;
    for (int seed = Integer.parseInt(arguments[2]);
        seed <= Integer.parseInt(arguments[3]);
        seed++) {
      Path file = folder.resolve("seed-" + seed + ".json");
      if (Files.exists(file)) {
        continue;
      }
      if (data == null) {
        data = variant.data().read(root);
        learner = variant.data().learner(data, root);
      }
      Path part = folder.resolve("seed-" + seed + ".part");
      json.writeValue(part.toFile(), run(variant, data, learner, seed));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    print(variant, results(folder, json));
  }

  private static Result run(Variant variant, LabeledData data, Learner learner, long seed) {
    int classes = data.classes().size();
    SimulatedPeople people =
        new SimulatedPeople(
            data.labels(),
            classes,
            false,
            SimulatedPeople.evenErrors(classes, variant.labelerError()),
            variant.answers(),
            variant.answers(),
            seed);
    CampaignSettings settings =
        CampaignSettings.standard(
                data.size(),
                classes,
                false,
                TARGET,
                RISK,
                variant.budget(),
                variant.answers(),
                seed)
            .change()
            .strategy(variant.strategy())
            .done();
    double before = processorSeconds();
    Simulation.Outcome outcome =
        new Simulation(
                settings, learner, data.labels(), people, System::nanoTime, System.err::println)
            .run();
    return result(settings, outcome, data.labels(), people, processorSeconds() - before);
  }

  private static Result result(
      CampaignSettings settings,
      Simulation.Outcome outcome,
      int[][] truth,
      SimulatedPeople people,
      double processorSeconds) {
    boolean wrong = false;
    for (CampaignState.AcceptedSet set : outcome.state().accepted()) {
      int agreeing = 0;
      for (int i = 0; i < set.items().length; i++) {
        agreeing += Arrays.equals(set.labels()[i], people.label(set.items()[i])) ? 1 : 0;
      }
      wrong |= agreeing < settings.target() * set.items().length;
    }
    List<Point> curve = new ArrayList<>();
    double best = 0;
    double atAudit = 0;
    int most = 0;
    for (Simulation.Round round : outcome.rounds()) {
      int accepted = round.report().acceptedLabels();
      best = Math.max(best, round.oracleShare());
      if (accepted > most) {
        most = accepted;
        atAudit = round.oracleShare();
      }
      if (accepted == 0 && round.report().seconds() > 0) {
        curve.add(
            new Point(round.report().humanLabels(), round.openAccuracy(), round.oracleShare()));
      }
    }
    return new Result(
        settings.seed(),
        outcome.state().machineLabels() / (double) settings.items(),
        atAudit,
        best,
        outcome.machineAccuracy(),
        wrong,
        outcome.evidence().labels().size(),
        outcome.state().auditAnswers(),
        outcome.totalSeconds(),
        processorSeconds,
        memory(),
        curve);
  }

  private static double processorSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  private static long memory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException notLinux) {
      return -1;
    }
    return -1;
  }

  private static List<Result> results(Path folder, ObjectMapper json) throws IOException {
    List<Result> results = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        results.add(json.readValue(file.toFile(), Result.class));
      }
    }
    return results;
  }

  private static void print(Variant variant, List<Result> results) {
    System.out.printf("%n%s, %d seeds%n%n", variant.folder(), results.size());
    if (results.isEmpty()) {
      return;
    }
    System.out.println("| | least | median | most |\n| --- | --- | --- | --- |");
    line("machine labels, % of all", results, r -> 100 * r.machineShare());
    line("oracle share at the audit, %", results, r -> 100 * r.oracleAtAudit());
    line("largest oracle share, %", results, r -> 100 * r.oracleBest());
    line("accepted of oracle at the audit, %", results, LearningBench::ofOracle);
    line("true accuracy of machine labels, %", results, r -> 100 * r.trueAccuracy());
    line("human labels", results, r -> r.humanLabels());
    line("audit answers", results, r -> r.auditAnswers());
    line("seconds", results, Result::seconds);
    line("processor seconds", results, Result::processorSeconds);
    line("memory, MB", results, r -> r.memory());
    long wrong = results.stream().filter(Result::wrong).count();
    System.out.printf("%nCertified wrongly: %d of %d.%n%n", wrong, results.size());
    curve(results);
  }

  private static double ofOracle(Result result) {
    return result.oracleAtAudit() == 0 ? 0 : 100 * result.machineShare() / result.oracleAtAudit();
  }

  private static void line(String what, List<Result> results, ToDoubleFunction<Result> value) {
    double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    System.out.printf(
        Locale.ROOT, "| %s | %.1f | %.1f | %.1f |%n", what, sorted[0], median, sorted[n - 1]);
  }

  /** Means over the seeds that trained at exactly so many labels, where at least half did. */
  private static void curve(List<Result> results) {
    java.util.TreeMap<Integer, List<Point>> byLabels = new java.util.TreeMap<>();
    for (Result result : results) {
      for (Point point : result.curve()) {
        byLabels.computeIfAbsent(point.humanLabels(), labels -> new ArrayList<>()).add(point);
      }
    }
    System.out.println("| human labels | accuracy of open items | oracle share |");
    System.out.println("| --- | --- | --- |");
    byLabels.forEach(
        (labels, points) -> {
          if (2 * points.size() >= results.size()) {
            System.out.printf(
                Locale.ROOT,
                "| %,d | %.1f %% | %.1f %% |%n",
                labels,
                100 * points.stream().mapToDouble(Point::openAccuracy).average().orElse(0),
                100 * points.stream().mapToDouble(Point::oracleShare).average().orElse(0));
          }
        });
  }
}
