package org.atelier.learning.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The certified acceptance test: a random weighted audit, without replacement, of exactly the
 * machine labels about to be accepted, with a bound that stays valid while one keeps looking.
 *
 * <p><b>Claim.</b> Let the candidates, and what the blind answers to them are or would be, be fixed
 * when the audit starts. With probability at least 1 minus the sum of the risk shares, no candidate
 * set is ever reported certified while fewer than {@code target} of its remaining (never drawn)
 * labels are right; whatever the predicted error probabilities, the batch sizes, the stopping rule
 * or the order in which answers arrive. Drawn items become human labels and leave the set, with
 * their errors.
 *
 * <p><b>Why.</b> {@link Design} gives the factors, {@link RungEvidence} the martingale and a bound
 * of the total number of errors that holds at all times at once (Ville's inequality); the errors
 * left are that bound minus those found. All chance is in the seeded draws: keep the seed from
 * whoever chooses candidates or answers.
 *
 * <p>All methods are pure functions.
 */
public final class Audit {
  /**
   * Part of every batch that is drawn for a larger set: draws for a small set alone lie where the
   * machine is surest and say nothing about what else could be accepted.
   */
  static final double AHEAD = 0.5;

  private Audit() {}

  /** Draws the next batch for one candidate set alone, see the other method. */
  public static AuditState draw(AuditState state, Strata strata, int aim, int count) {
    return draw(state, strata, aim, aim, count);
  }

  /**
   * Draws the next batch.
   *
   * @param state the audit so far
   * @param strata the candidates, equal to those of the plan
   * @param aim index of the candidate set to draw for with one half of the chance
   * @param ahead index of the set, {@code aim} or a larger one, that the other half is drawn for.
   *     Smaller sets profit from both
   * @param count wished number of draws; fewer when the set runs out
   * @return the audit with the new draws at its end, all {@link Outcome#OPEN}
   * @throws IllegalArgumentException when the strata are not the plan's
   */
  public static AuditState draw(AuditState state, Strata strata, int aim, int ahead, int count) {
    AuditPlan plan = state.plan();
    if (!plan.digest().equals(strata.digest())) {
      throw new IllegalArgumentException("these are not the candidates the audit was planned for");
    }
    int first = state.draws().size();
    int[] left = left(state);
    double[] weights = weights(state, aim, left);
    if (aim < ahead) {
      weights = mixed(weights, weights(state, ahead, left), left);
    }
    BitSet drawn = drawn(state);
    int[] rank = new int[left.length];
    List<Draw> draws = new ArrayList<>();
    for (int position = first; position < first + count; position++) {
      int stratum = pick(weights, left, SeededStream.uniform(plan.seed(), position));
      if (stratum < 0) {
        break;
      }
      int item = strata.item(stratum, rank[stratum]++);
      while (drawn.get(item)) {
        item = strata.item(stratum, rank[stratum]++);
      }
      draws.add(new Draw(position, stratum, item));
      left[stratum]--;
    }
    return state.and(draws, weights);
  }

  /**
   * Takes in draws that were made before the candidates were known.
   *
   * <p>The claim holds for them as for any other, when all of this is true: their order is that of
   * draws without replacement, by the given chances, from items among which every candidate not
   * drawn so far was; neither the chances nor the seed of the order know more than what was known
   * before, and neither the candidates nor what was drawn so far depend on the order; none is left
   * out up to the last; what ended it did not look further. (Among draws by fixed relative chances
   * the candidates come in the order of draws by the same chances among them alone.)
   *
   * @param items places of candidates in the order in which they were drawn; those drawn before are
   *     passed over
   * @param chances {@code double[N]}, relative chance of each candidate, above 0; alike inside a
   *     stratum
   * @return the audit with the new draws at its end, all {@link Outcome#OPEN}; the same when there
   *     are none
   * @throws IllegalArgumentException when the strata are not the plan's, or a stratum holds
   *     candidates of different chances
   */
  public static AuditState drawnBefore(
      AuditState state, Strata strata, List<Integer> items, double[] chances) {
    if (!state.plan().digest().equals(strata.digest())) {
      throw new IllegalArgumentException("these are not the candidates the audit was planned for");
    }
    int[] stratumOf = strata.stratumOfItems();
    double[] weights = new double[strata.count()];
    for (int item = 0; item < stratumOf.length; item++) {
      double before = weights[stratumOf[item]];
      if (!(chances[item] > 0) || before != 0 && before != chances[item]) {
        throw new IllegalArgumentException("candidate " + item + " has another chance");
      }
      weights[stratumOf[item]] = chances[item];
    }
    BitSet drawn = drawn(state);
    int position = state.draws().size();
    List<Draw> draws = new ArrayList<>();
    for (int item : items) {
      if (!drawn.get(item)) {
        drawn.set(item);
        draws.add(new Draw(position++, stratumOf[item], item));
      }
    }
    return state.and(draws, weights);
  }

  /** Evaluates the answered prefix, with no limit on further draws; see {@link #evaluate}. */
  public static AuditReport evaluate(AuditState state) {
    return evaluate(state, Allowance.NONE, new int[state.plan().rungs().size()]);
  }

  /**
   * Evaluates the answered prefix and decides.
   *
   * @param state the audit so far; draws behind the first open one give no evidence yet, but their
   *     items count as taken out, and errors known among them as removed
   * @param allowance what further draws may cost
   * @param gone of each candidate set, how many of its never drawn labels will not be accepted,
   *     because people labelled those items meanwhile. Nothing random chose them, so each is taken
   *     for a right one: the errors stay with the labels that remain
   * @return the report; N = 0 or a set drawn to its last item is certified with nothing remaining
   */
  public static AuditReport evaluate(AuditState state, Allowance allowance, int[] gone) {
    return new Verdict(state, allowance, gone).report();
  }

  /**
   * What further draws may cost.
   *
   * @param draws greatest number of further draws, at least 0
   * @param price machine labels one is willing to give up to save one draw, at least 0; 1 counts an
   *     audited item as one label less by machine, larger values save people's time
   */
  public record Allowance(int draws, double price) {
    /** As many draws as it takes, each worth one machine label. */
    public static final Allowance NONE = new Allowance(Integer.MAX_VALUE, 1);
  }

  private static BitSet drawn(AuditState state) {
    BitSet drawn = new BitSet();
    state.draws().forEach(draw -> drawn.set(draw.item()));
    return drawn;
  }

  private static int[] left(AuditState state) {
    int[] left = taken(state);
    for (int b = 0; b < left.length; b++) {
      left[b] = state.plan().sizes().get(b) - left[b];
    }
    return left;
  }

  static int[] taken(AuditState state) {
    int[] taken = new int[state.plan().sizes().size()];
    for (Draw draw : state.draws()) {
      taken[draw.stratum()]++;
    }
    return taken;
  }

  /**
   * Returns the chance that a draw made for the surest strata and ahead falls into them, in [1 −
   * {@link #AHEAD}, 1].
   *
   * @param ahead one item's relative chance, by stratum, in the draws made ahead
   */
  static double hitShare(double[] ahead, int[] left, int strata) {
    double inside = 0;
    double all = 0;
    for (int b = 0; b < left.length; b++) {
      all += left[b] * ahead[b];
      inside += b < strata ? left[b] * ahead[b] : 0;
    }
    return all > 0 ? 1 - AHEAD + AHEAD * inside / all : 1;
  }

  /** Returns the design for a set, from every answer known by now (all precede the new draws). */
  static double[] weights(AuditState state, int aim, int[] left) {
    AuditPlan plan = state.plan();
    int[] drawn = new int[left.length];
    int[] wrong = new int[left.length];
    int errors = 0;
    int strata = plan.rungs().get(aim).strata();
    for (Draw draw : state.draws()) {
      Outcome outcome = state.outcomes().get(draw.position());
      if (outcome != Outcome.OPEN && outcome != Outcome.VOID) {
        drawn[draw.stratum()]++;
        wrong[draw.stratum()] += outcome == Outcome.RIGHT ? 0 : 1;
      }
    }
    Forecast forecast = Ledger.forecast(plan);
    forecast.fit(drawn, wrong);
    int[] inSet = Arrays.copyOf(left, strata);
    double[] alternative = new double[strata];
    double expected = 0;
    int items = 0;
    for (int b = 0; b < strata; b++) {
      expected += inSet[b] * forecast.rate(b);
      items += inSet[b];
    }
    double hypothesis = Math.floor((1 - plan.target()) * items + 1e-9) + 1;
    double[] weights = new double[left.length];
    if (hypothesis >= items) {
      Arrays.fill(weights, 0, strata, 1);
      return weights;
    }
    double scale = Design.alternativeScale(expected, hypothesis);
    for (int b = 0; b < strata; b++) {
      alternative[b] = scale * forecast.rate(b);
    }
    double[] solved = new double[strata];
    Design.solve(inSet, alternative, hypothesis, solved);
    System.arraycopy(solved, 0, weights, 0, strata);
    return weights;
  }

  /** Mixes two designs by their chances, so that neither's unit of weight matters. */
  private static double[] mixed(double[] aimed, double[] further, int[] left) {
    double allAimed = 0;
    double allFurther = 0;
    for (int b = 0; b < left.length; b++) {
      allAimed += left[b] * aimed[b];
      allFurther += left[b] * further[b];
    }
    if (allAimed <= 0 || allFurther <= 0) {
      return allAimed <= 0 ? further : aimed;
    }
    double[] both = new double[left.length];
    for (int b = 0; b < left.length; b++) {
      both[b] = (1 - AHEAD) * aimed[b] / allAimed + AHEAD * further[b] / allFurther;
    }
    return both;
  }

  private static int pick(double[] weights, int[] left, double uniform) {
    double all = 0;
    int last = -1;
    for (int b = 0; b < weights.length; b++) {
      all += weights[b] * left[b];
      last = weights[b] > 0 && left[b] > 0 ? b : last;
    }
    double point = uniform * all;
    for (int b = 0; b < last; b++) {
      point -= weights[b] * left[b];
      if (point < 0 && left[b] > 0) {
        return b;
      }
    }
    return last;
  }
}
