package org.atelier.learning.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.campaign.Evidence;
import org.atelier.learning.campaign.RoundObserver;
import org.atelier.learning.campaign.RoundReport;
import org.atelier.learning.model.Scores;
import org.atelier.learning.pool.PoolItems;

/** Keeps of a round's scores what pages show and what fills the queue. */
final class RoundTrace implements RoundObserver {

  private static final int SHOWN = 200;
  private static final int RESERVE = 5_000;

  private final PoolItems items;
  private final List<Evidence.Labeled> labels;
  private int[] surest = {};
  private Differences differences = Differences.NONE;
  private int open;
  private int forecast;
  private Scores seen;

  /**
   * @param labels the examples, in the order training gets them
   */
  RoundTrace(PoolItems items, List<Evidence.Labeled> labels) {
    this.items = items;
    this.labels = labels;
  }

  @Override
  public void scored(int round, Scores scores, int[] openItems, int[] surestFirst, int candidates) {
    seen = scores;
    open = openItems.length;
    forecast = candidates;
    surest = surestFirst;
    differences = Differences.of(items, labels, scores);
  }

  boolean trained() {
    return seen != null;
  }

  /** Items without a label when the model was trained. */
  int open() {
    return open;
  }

  /** What the round's model says of items people are asked about because it is unsure. */
  List<RoundLists.Opinion> suggestions(List<Directive.Ask> asks) {
    return seen == null
        ? List.of()
        : asks.stream()
            .filter(ask -> ask.reason().allowsSuggestion())
            .map(
                ask ->
                    new RoundLists.Opinion(
                        items.item(ask.item()),
                        seen.label(seen.pool(), ask.item()),
                        probability(seen, ask.item())))
            .toList();
  }

  /**
   * The lists of a round that was trained. What fills the queue is what the machine is not expected
   * to take: of what it may take, people get at most twice as many items as they were asked about.
   *
   * @param asks items with people from now on
   * @param audited number of surest items that an audit was opened for; people are not asked about
   *     them but by the audit, so that what it certifies stays what is accepted
   */
  RoundLists lists(RoundReport report, List<Directive.Ask> asks, int audited) {
    Set<Integer> asked = new HashSet<>();
    asks.forEach(ask -> asked.add(ask.item()));
    List<Integer> doubted = doubted(audited, asked);
    List<RoundLists.Opinion> uncertain =
        doubted.stream()
            .limit(SHOWN)
            .map(
                row ->
                    new RoundLists.Opinion(
                        items.item(row), seen.label(seen.pool(), row), probability(seen, row)))
            .toList();
    List<RoundLists.Opinion> suspects =
        report.suspects().stream()
            .map(
                one -> new RoundLists.Opinion(items.item(one.item()), one.predicted(), one.score()))
            .toList();
    long filling = Math.max(2L * asks.size(), surest.length - forecast);
    List<UUID> reserve = doubted.stream().limit(filling).map(items::item).toList();
    return new RoundLists(uncertain, suspects, reserve, differences);
  }

  /**
   * The least sure items first, at most as many as fill the queue for a round, without those that
   * are asked now: the queue would look for items there in vain.
   */
  private List<Integer> doubted(int audited, Set<Integer> asked) {
    List<Integer> rows = new ArrayList<>();
    for (int i = surest.length - 1; i >= audited && rows.size() < RESERVE; i--) {
      if (!asked.contains(surest[i])) {
        rows.add(surest[i]);
      }
    }
    return rows;
  }

  /** Probability of the predicted label: of its class, or of the exact set. */
  private static double probability(Scores scores, int row) {
    int k = scores.classes();
    int[] label = scores.label(scores.pool(), row);
    if (!scores.multiLabel()) {
      return scores.pool()[row * k + label[0]];
    }
    double all = 1;
    for (int c = 0; c < k; c++) {
      double p = scores.pool()[row * k + c];
      all *= Arrays.binarySearch(label, c) >= 0 ? p : 1 - p;
    }
    return all;
  }
}
