package org.atelier.learning.campaign;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.atelier.learning.certify.Audit;
import org.atelier.learning.certify.AuditPlan;
import org.atelier.learning.certify.AuditReport;
import org.atelier.learning.certify.AuditState;
import org.atelier.learning.certify.Draw;
import org.atelier.learning.certify.Outcome;
import org.atelier.learning.certify.Strata;

/**
 * What close and wide candidate sets win, audit by audit, when the machine errs as forecast, less
 * or more.
 *
 * <p>Usage: {@code NestedSetsReplay <replays> [name of a population]}. A line for each population
 * and each true error in parts of the forecast one: accepted labels in parts of the largest set
 * that an oracle would accept, mean draws, audits that certified nothing.
 */
public final class NestedSetsReplay {
  private static final double ALLOWED = 0.05;
  private static final double RISK = 0.045;

  private NestedSetsReplay() {}

  /**
   * Open items whose forecast error rises as {@code least + most · position^power}, position from 0
   * to 1.
   */
  private record Population(
      String name, int items, double least, double most, double power, int batch, int budget) {

    Candidates candidates() {
      double[] errors =
          IntStream.range(0, items)
              .mapToDouble(i -> least + most * Math.pow((i + 0.5) / items, power))
              .toArray();
      return new Candidates(IntStream.range(0, items).toArray(), errors);
    }
  }

  private record Ended(int accepted, int draws, int oracle) {}

  public static void main(String[] arguments) {
    int replays = Integer.parseInt(arguments[0]);
    List<Population> all =
        List.of(
            new Population("photographs", 868, 0.0005, 0.10, 4, 20, 868),
            new Population("garments", 1_870, 0.001, 0.17, 3, 20, 1_870),
            new Population("reviews", 7_850, 0.003, 0.16, 2.5, 30, 850),
            new Population("fashion", 52_000, 0.0005, 0.30, 5, 50, 4_000));
    for (Population population : all) {
      if (arguments.length < 2 || arguments[1].equals(population.name())) {
        for (double factor : new double[] {0.5, 0.7, 1, 1.3, 1.7}) {
          print(population, factor, replays);
        }
      }
    }
  }

  private static void print(Population population, double factor, int replays) {
    Candidates candidates = population.candidates();
    int promising = candidates.forecast(ALLOWED, 0.4 * RISK, population.budget()).size();
    int hoped = NestedSets.of(candidates, ALLOWED, promising).hopedSize();
    for (boolean close : new boolean[] {true, false}) {
      NestedSets sets =
          close ? NestedSets.close(candidates, ALLOWED, hoped) : NestedSets.wide(hoped);
      double share = 0;
      double draws = 0;
      int nothing = 0;
      for (int seed = 1; seed <= replays; seed++) {
        Ended ended = replay(population, candidates, sets, factor, seed);
        share += (double) ended.accepted() / Math.max(1, ended.oracle());
        draws += ended.draws();
        nothing += ended.accepted() == 0 ? 1 : 0;
      }
      System.out.printf(
          Locale.ROOT,
          "%s, error x %.1f, %s sets: %.0f %% of the oracle's, %.0f draws, %d certified nothing%n",
          population.name(),
          factor,
          close ? "close" : "wide",
          100 * share / replays,
          draws / replays,
          nothing);
    }
  }

  private static Ended replay(
      Population population, Candidates candidates, NestedSets sets, double factor, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet wrong = new BitSet();
    for (int i = 0; i < population.items(); i++) {
      wrong.set(i, random.nextDouble() < Math.min(0.95, factor * candidates.errors()[i]));
    }
    double[] errors = Arrays.copyOf(candidates.errors(), sets.largest());
    Strata strata = Strata.of(errors, sets.sizes(), Strata.TYPICAL, seed);
    AuditPlan plan =
        AuditPlan.nested(strata, sets.sizes(), sets.risks(RISK), 1 - ALLOWED, 7919 * seed);
    int[] gone = new int[sets.sizes().size()];
    int budget = population.budget();
    AuditState state = AuditState.start(plan);
    int aim = sets.hoped();
    int ahead = sets.sizes().size() - 1;
    AuditReport report;
    do {
      int before = state.draws().size();
      state = Audit.draw(state, strata, aim, ahead, Math.min(population.batch(), budget - before));
      Map<Integer, Outcome> answers = new HashMap<>();
      for (Draw draw : state.draws().subList(before, state.draws().size())) {
        answers.put(draw.position(), wrong.get(draw.item()) ? Outcome.WRONG : Outcome.RIGHT);
      }
      state = state.with(answers);
      int left = budget - state.draws().size();
      report = Audit.evaluate(state, new Audit.Allowance(left, 1), gone);
      aim = report.aim();
    } while (report.decision() == AuditReport.Decision.CONTINUE
        && state.draws().size() < Math.min(budget, strata.population()));
    int accepted = report.certified() < 0 ? 0 : report.sets().get(report.certified()).remaining();
    return new Ended(accepted, state.draws().size(), oracle(wrong, population.items()));
  }

  /** Returns the size of the largest prefix of the surest that meets the target. */
  private static int oracle(BitSet wrong, int items) {
    int errors = 0;
    int size = 0;
    for (int i = 0; i < items; i++) {
      errors += wrong.get(i) ? 1 : 0;
      size = errors <= ALLOWED * (i + 1) ? i + 1 : size;
    }
    return size;
  }
}
