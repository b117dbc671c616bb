package org.atelier.learning.certify;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Replays the acceptance audit on known populations, looking after every draw: how often it
 * certifies wrongly where accuracy is placed at the target, and how many draws it needs above it.
 *
 * <p>Usage: {@code CertifyReplay <folder> <replays> [scores.csv] [part of a scenario's name]}.
 * Every replay is a line of {@code <folder>/<scenario>.csv}; lines that are there are not computed
 * again.
 */
public final class CertifyReplay {
  private static final double TARGET = 0.95;
  private static final double RISK = 0.05;
  private static final int CHUNK = 100;
  private static final int MOST = 4_000;

  /** Chance that a majority of three answers errs when each errs with 5 %. */
  private static final double TWO_OR_MORE = 3 * 0.05 * 0.05 * 0.95 + 0.05 * 0.05 * 0.05;

  /** What one replay gave. */
  private record Result(boolean violated, int draws, double accuracy) {
    String line(int seed) {
      return String.format(Locale.ROOT, "%d,%d,%d,%.6f", seed, violated ? 1 : 0, draws, accuracy);
    }

    static Result parse(String line) {
      String[] parts = line.split(",");
      return new Result(
          parts[1].equals("1"), Integer.parseInt(parts[2]), Double.parseDouble(parts[3]));
    }
  }

  private record Scenario(String name, boolean atTarget, IntFunction<Result> replay) {}

  private CertifyReplay() {}

  /** Runs every scenario and prints two Markdown tables. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int replays = Integer.parseInt(arguments[1]);
    List<Scenario> scenarios = new ArrayList<>(scenarios());
    for (String argument : List.of(arguments).subList(2, arguments.length)) {
      if (argument.endsWith(".csv")) {
        scenarios.add(cached(Path.of(argument)));
      } else {
        scenarios.removeIf(scenario -> !scenario.name().contains(argument));
      }
    }
    System.out.println("| at the target | replays | wrong certificates | rate | 95 % upper |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (Scenario scenario : scenarios) {
      if (scenario.atTarget()) {
        List<Result> results = results(folder, scenario, replays);
        long bad = results.stream().filter(Result::violated).count();
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %d | %.2f %% | %.2f %% |%n",
            scenario.name(),
            results.size(),
            bad,
            100.0 * bad / results.size(),
            100 * ExactBinomial.upper(bad, results.size(), 0.05));
      }
    }
    System.out.println();
    System.out.println("| above the target | mean draws | 10 % | median | 90 % | left accurate |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (Scenario scenario : scenarios) {
      if (!scenario.atTarget()) {
        power(scenario.name(), results(folder, scenario, Math.min(replays, 400)));
      }
    }
  }

  private static void power(String name, List<Result> results) {
    int[] draws = results.stream().mapToInt(Result::draws).sorted().toArray();
    double accuracy = results.stream().mapToDouble(Result::accuracy).average().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %d | %d | %d | %.2f %% |%n",
        name,
        Arrays.stream(draws).average().orElse(0),
        draws[draws.length / 10],
        draws[draws.length / 2],
        draws[draws.length * 9 / 10],
        100 * accuracy);
  }

  private static List<Result> results(Path folder, Scenario scenario, int replays)
      throws IOException {
    Path file = folder.resolve(scenario.name().replaceAll("[^A-Za-z0-9]+", "-") + ".csv");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    try (BufferedWriter writer =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int first = lines.size(); first < replays; first += CHUNK) {
        List<String> chunk =
            IntStream.range(first, Math.min(first + CHUNK, replays))
                .parallel()
                .mapToObj(seed -> scenario.replay().apply(seed).line(seed))
                .toList();
        for (String line : chunk) {
          writer.write(line);
          writer.newLine();
        }
        writer.flush();
      }
    }
    return Files.readAllLines(file).stream()
        .limit(replays)
        .map(Result::parse)
        .collect(Collectors.toList());
  }

  private static List<Scenario> scenarios() {
    double[] typical = ReplayPopulation.typicalScores(50_000, TARGET);
    double[] overconfident = ReplayPopulation.shifted(typical, -1);
    double[] older = ReplayPopulation.noisy(typical, 0.7, 5);
    double[] flat = AuditTest.constant(50_000, 1 - TARGET);
    double[] small = ReplayPopulation.typicalScores(1_000, TARGET);
    double[] reversed = new double[20_000];
    double[] forward = ReplayPopulation.typicalScores(20_000, TARGET);
    Arrays.setAll(reversed, i -> forward[forward.length - 1 - i]);
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(new Scenario("calibrated scores", true, s -> one(typical, typical, 1, s)));
    scenarios.add(
        new Scenario("overconfident scores", true, s -> one(overconfident, typical, 1, s)));
    scenarios.add(new Scenario("scores say nothing", true, s -> one(typical, flat, 1, s)));
    scenarios.add(new Scenario("equal scores", true, s -> one(flat, flat, 1, s)));
    scenarios.add(new Scenario("reversed scores", true, s -> one(forward, reversed, 1, s)));
    scenarios.add(new Scenario("four nested sets at target", true, s -> one(typical, flat, 4, s)));
    scenarios.add(
        new Scenario("a job's sets, scores say nothing", true, s -> ladder(typical, flat, s)));
    scenarios.add(new Scenario("a job's sets, equal scores", true, s -> ladder(flat, flat, s)));
    scenarios.add(
        new Scenario("a job's sets, calibrated scores", true, s -> ladder(typical, typical, s)));
    scenarios.add(
        new Scenario("a job's two sets, scores say nothing", true, s -> wide(typical, flat, s)));
    scenarios.add(new Scenario("a job's two sets, equal scores", true, s -> wide(flat, flat, s)));
    scenarios.add(new Scenario("1000 candidates", true, s -> one(small, small, 1, s)));
    scenarios.add(new Scenario("one in ten lost", true, s -> lost(typical, s)));
    scenarios.add(
        new Scenario("labelers err, agreement at target", true, s -> erring(flat, true, s)));
    scenarios.add(new Scenario("labelers err, truth at target", true, s -> erring(flat, false, s)));
    scenarios.add(new Scenario("a job's sets, labelers err", true, s -> erringLadder(flat, s)));
    scenarios.add(
        new Scenario(
            "a job's sets, 600 drawn early", true, s -> early(typical, typical, older, s)));
    scenarios.add(
        new Scenario(
            "a job's sets, 600 drawn early, scores say nothing",
            true,
            s -> early(typical, flat, older, s)));
    scenarios.add(
        new Scenario(
            "a job's sets, 600 drawn early and evenly",
            true,
            s -> early(typical, typical, null, s)));
    scenarios.add(
        new Scenario(
            "a job's sets, 600 drawn early and evenly, scores say nothing",
            true,
            s -> early(typical, flat, null, s)));
    scenarios.add(new Scenario("eight audits of one job", true, s -> job(typical, s)));
    for (double accuracy : new double[] {0.955, 0.96, 0.965, 0.97}) {
      double[] above = ReplayPopulation.typicalScores(50_000, accuracy);
      double[] over = ReplayPopulation.shifted(above, -1);
      double[] level = AuditTest.constant(50_000, 1 - accuracy);
      scenarios.add(new Scenario("accuracy " + accuracy, false, s -> one(above, above, 1, s)));
      double[] before = ReplayPopulation.noisy(above, 0.7, 5);
      scenarios.add(
          new Scenario(
              "600 drawn early, accuracy " + accuracy, false, s -> earlyOne(above, before, s)));
      scenarios.add(
          new Scenario(
              "600 drawn early and evenly, accuracy " + accuracy,
              false,
              s -> earlyOne(above, null, s)));
      scenarios.add(
          new Scenario("overconfident, accuracy " + accuracy, false, s -> one(over, above, 1, s)));
      scenarios.add(
          new Scenario("equal scores, accuracy " + accuracy, false, s -> one(level, level, 1, s)));
    }
    return scenarios;
  }

  /** Replays an audit of a population with one error more than the rates' target allows. */
  private static Result one(double[] scores, double[] rates, int sets, int seed) {
    boolean[] wrong = ReplayPopulation.truth(rates, errors(rates), new Random(seed));
    return result(audit(scores, wrong, outcomes(wrong), sets, RISK, seed, MOST));
  }

  private static int errors(double[] rates) {
    double mean = Arrays.stream(rates).average().orElse(0);
    double rate = Math.abs(mean - (1 - TARGET)) < 1e-4 ? 1 - TARGET : mean;
    return (int) Math.floor(rate * rates.length + 1e-9) + 1;
  }

  private static ReplayAudit audit(
      double[] scores, boolean[] wrong, Outcome[] told, int sets, double risk, int seed, int most) {
    List<Integer> sizes = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int j = 1; j <= sets; j++) {
      sizes.add((int) ((0.5 + 0.5 * j / sets) * scores.length));
      shares.add(risk / sets);
    }
    Strata strata = Strata.of(scores, sizes, Strata.TYPICAL, seed);
    AuditPlan plan = AuditPlan.nested(strata, sizes, shares, TARGET, seed);
    return new ReplayAudit(
        strata, plan, told, wrong, sets - 1, List.of(), new byte[scores.length], most);
  }

  /**
   * Replays an audit with the sets, the shares of risk and the aim of a job: a hoped-for set, two
   * smaller ones, two larger ones.
   */
  private static Result ladder(double[] scores, boolean[] wrong, Outcome[] told, int seed) {
    return ladder(scores, wrong, told, List.of(), new byte[scores.length], seed);
  }

  private static Result ladder(
      double[] scores,
      boolean[] wrong,
      Outcome[] told,
      List<Integer> early,
      byte[] kinds,
      int seed) {
    int n = scores.length;
    List<Integer> sizes = List.of(n * 53 / 100, n * 57 / 100, n * 60 / 100, n * 80 / 100, n);
    List<Double> shares = Stream.of(0.15, 0.15, 0.4, 0.15, 0.15).map(part -> part * RISK).toList();
    Strata strata = Strata.of(scores, sizes, Strata.TYPICAL, kinds, seed);
    AuditPlan plan = AuditPlan.nested(strata, sizes, shares, TARGET, seed);
    return result(new ReplayAudit(strata, plan, told, wrong, 2, early, kinds, MOST));
  }

  private static Result ladder(double[] scores, double[] rates, int seed) {
    boolean[] wrong = ReplayPopulation.truth(rates, errors(rates), new Random(seed));
    return ladder(scores, wrong, outcomes(wrong), seed);
  }

  /**
   * Replays the audit of a job whose people were given 600 items while its candidates were found.
   *
   * @param older what a model thought before; null when nothing, so that all are drawn alike
   */
  private static Result early(double[] scores, double[] rates, double[] older, int seed) {
    boolean[] wrong = ReplayPopulation.truth(rates, errors(rates), new Random(seed));
    byte[] kinds = older == null ? new byte[scores.length] : OlderModel.kinds(older, RISK);
    return ladder(scores, wrong, outcomes(wrong), OlderModel.first(kinds, 600, seed), kinds, seed);
  }

  /** As {@link #early}, of one set. */
  private static Result earlyOne(double[] scores, double[] older, int seed) {
    boolean[] wrong = ReplayPopulation.truth(scores, errors(scores), new Random(seed));
    byte[] kinds = older == null ? new byte[scores.length] : OlderModel.kinds(older, RISK);
    List<Integer> sizes = List.of(scores.length);
    Strata strata = Strata.of(scores, sizes, Strata.TYPICAL, kinds, seed);
    AuditPlan plan = AuditPlan.of(strata, TARGET, RISK, seed);
    return result(
        new ReplayAudit(
            strata,
            plan,
            outcomes(wrong),
            wrong,
            0,
            OlderModel.first(kinds, 600, seed),
            kinds,
            MOST));
  }

  /** Replays an audit with the two sets of a job whose draws are dear. */
  private static Result wide(double[] scores, double[] rates, int seed) {
    boolean[] wrong = ReplayPopulation.truth(rates, errors(rates), new Random(seed));
    List<Integer> sizes = List.of(scores.length * 8 / 10, scores.length);
    Strata strata = Strata.of(scores, sizes, Strata.TYPICAL, seed);
    List<Double> shares = List.of(RISK / 2, RISK / 2);
    AuditPlan plan = AuditPlan.nested(strata, sizes, shares, TARGET, seed);
    return result(
        new ReplayAudit(
            strata, plan, outcomes(wrong), wrong, 1, List.of(), new byte[scores.length], MOST));
  }

  private static Result result(ReplayAudit audit) {
    int draws = audit.certifiedAt() < 0 ? MOST : audit.certifiedAt();
    return new Result(audit.violated(), draws, audit.remainingAccuracy());
  }

  private static Outcome[] outcomes(boolean[] wrong) {
    Outcome[] outcomes = new Outcome[wrong.length];
    Arrays.setAll(outcomes, i -> wrong[i] ? Outcome.WRONG : Outcome.RIGHT);
    return outcomes;
  }

  private static Result lost(double[] scores, int seed) {
    Random random = new Random(seed);
    boolean[] wrong = ReplayPopulation.truth(scores, errors(scores), random);
    Outcome[] told = outcomes(wrong);
    for (int i = 0; i < told.length; i++) {
      // people shy away from the hard ones: what is lost would mostly have been an error
      if (random.nextInt(10) == 0 && (wrong[i] || random.nextInt(4) == 0)) {
        told[i] = Outcome.LOST;
      }
    }
    return result(audit(scores, wrong, told, 1, RISK, seed, MOST));
  }

  /**
   * Labelers err on 5 % of answers, three answers, majority, and errors fall on any of nine other
   * classes: right machine labels look wrong, and a few wrong ones right.
   */
  private static Result erring(double[] rates, boolean byAgreement, int seed) {
    Random random = new Random(seed);
    if (byAgreement) {
      boolean[] disagrees = disagreements(rates, random);
      return result(audit(rates, disagrees, outcomes(disagrees), 1, RISK, seed, MOST));
    }
    boolean[] wrong = ReplayPopulation.truth(rates, errors(rates), random);
    Outcome[] told = outcomes(wrong);
    for (int i = 0; i < told.length; i++) {
      if (random.nextDouble() < TWO_OR_MORE) {
        boolean looksRight = wrong[i] && random.nextInt(9) == 0;
        told[i] = looksRight ? Outcome.RIGHT : Outcome.WRONG;
      }
    }
    return result(audit(rates, wrong, told, 1, RISK, seed, MOST));
  }

  /** What is asked for is agreement with the consolidated answers: that is put at the target. */
  private static boolean[] disagreements(double[] rates, Random random) {
    int before = (int) (errors(rates) - TWO_OR_MORE * rates.length);
    boolean[] disagrees = ReplayPopulation.truth(rates, before, random);
    for (int missing = errors(rates) - before; missing > 0; ) {
      int i = random.nextInt(disagrees.length);
      missing -= disagrees[i] ? 0 : 1;
      disagrees[i] = true;
    }
    return disagrees;
  }

  private static Result erringLadder(double[] rates, int seed) {
    boolean[] disagrees = disagreements(rates, new Random(seed));
    return ladder(rates, disagrees, outcomes(disagrees), seed);
  }

  /** Replays a job of eight audits, at and around the target, that share one risk budget. */
  private static Result job(double[] scores, int seed) {
    Random random = new Random(seed);
    RiskBudget budget = RiskBudget.of(RISK, 0, 0);
    boolean violated = false;
    int draws = 0;
    double[] some = new double[10_000];
    Arrays.setAll(some, i -> scores[i * 5]);
    double[] flat = AuditTest.constant(some.length, 1 - TARGET);
    for (int k = 0; k < 8 && budget.available() > 1e-4; k++) {
      int errors = 501 + (k % 3 == 1 ? -150 : 0);
      boolean[] wrong = ReplayPopulation.truth(flat, errors, random);
      budget = budget.grant(0.75);
      double share = budget.newestShare();
      ReplayAudit audit = audit(some, wrong, outcomes(wrong), 2, share, 100 * seed + k, 600);
      budget = budget.close(k, audit.returned());
      violated |= audit.violated();
      draws += result(audit).draws();
    }
    return new Result(violated, draws, 0);
  }

  private static Scenario cached(Path csv) {
    try {
      ReplayPopulation population = ReplayPopulation.atTarget(csv, TARGET);
      String name = "cached " + csv.getFileName() + " (" + population.scores().length + ")";
      Outcome[] told = outcomes(population.wrong());
      return new Scenario(
          name,
          true,
          s -> result(audit(population.scores(), population.wrong(), told, 1, RISK, s, MOST)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
