package org.atelier.learning.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.atelier.learning.campaign.RoundObserver;
import org.atelier.learning.model.Scores;
import org.atelier.learning.pool.PoolItems;

/** Keeps of a round's scores what pages show and what fills the queue. */
final class RoundTrace implements RoundObserver {

  private static final int SHOWN = 200;
  private static final int RESERVE = 2_000;

  private final PoolItems items;
  private List<RoundFacts.Opinion> uncertain = List.of();
  private List<UUID> reserve = List.of();
  private boolean trained;

  RoundTrace(PoolItems items) {
    this.items = items;
  }

  @Override
  public void scored(int round, Scores scores, int[] open, int[] surestFirst, int candidates) {
    trained = true;
    List<RoundFacts.Opinion> opinions = new ArrayList<>();
    List<UUID> next = new ArrayList<>();
    int last = surestFirst.length - 1;
    for (int i = last; i >= candidates && last - i < RESERVE; i--) {
      int row = surestFirst[i];
      next.add(items.item(row));
      if (last - i < SHOWN) {
        opinions.add(
            new RoundFacts.Opinion(
                items.item(row), scores.label(scores.pool(), row), probability(scores, row)));
      }
    }
    uncertain = opinions;
    reserve = next;
  }

  boolean trained() {
    return trained;
  }

  List<RoundFacts.Opinion> uncertain() {
    return uncertain;
  }

  List<UUID> reserve() {
    return reserve;
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
