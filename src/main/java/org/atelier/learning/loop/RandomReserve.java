package org.atelier.learning.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.atelier.learning.campaign.Directive;
import org.atelier.learning.pool.PoolItems;

/**
 * Items drawn at random beyond the random start, for a queue that runs low before a model is there.
 */
final class RandomReserve {

  private static final int MOST = 5_000;

  private RandomReserve() {}

  /** At most 5,000 distinct items that the first directive does not ask. */
  static RoundLists of(PoolItems items, Directive first, long seed) {
    Set<Integer> taken = new HashSet<>();
    first.asks().forEach(ask -> taken.add(ask.item()));
    int wanted = Math.min(MOST, (items.size() - taken.size()) / 2);
    SplittableRandom random = new SplittableRandom(seed ^ 0x5EED_0F_2E5E_12EL);
    List<UUID> reserve = new ArrayList<>();
    while (reserve.size() < wanted) {
      int row = random.nextInt(items.size());
      if (taken.add(row)) {
        reserve.add(items.item(row));
      }
    }
    return new RoundLists(List.of(), List.of(), reserve, Differences.NONE);
  }
}
