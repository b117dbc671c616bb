package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.atelier.learning.simulate.SimulatedPeople;
import org.atelier.learning.simulate.Simulation;
import org.junit.jupiter.api.Test;

class SimulationWithoutDeletedItemsTest {

  private static final int ITEMS = 6_000;
  private static final int CLASSES = 4;

  @Test
  void deletedItemsAreNeitherAskedNorLabelledAndTheCampaignEnds() {
    SplittableRandom random = new SplittableRandom(3);
    int[] known = random.ints(ITEMS, 0, CLASSES).toArray();
    int[][] truth = new int[ITEMS][];
    Arrays.setAll(truth, item -> new int[] {known[item]});
    Set<Integer> deleted = new HashSet<>();
    for (int item = 0; item < ITEMS; item += 7) {
      deleted.add(item);
      truth[item] = null;
    }
    CampaignSettings settings =
        CampaignSettings.standard(ITEMS, CLASSES, false, 0.8, 0.05, 3_000, 1, 11);
    SimulatedPeople people =
        new SimulatedPeople(
            truth, CLASSES, false, SimulatedPeople.evenErrors(CLASSES, 0.02), 1, 3, 11);
    Simulation.Outcome outcome =
        new Simulation(
                settings,
                new ToyLearner(known, CLASSES),
                truth,
                deleted,
                people,
                () -> 0,
                line -> {})
            .run();
    assertNotNull(outcome.state().stop());
    assertTrue(outcome.evidence().labels().stream().noneMatch(one -> deleted.contains(one.item())));
    assertFalse(outcome.state().accepted().isEmpty(), "something was certified");
    outcome
        .state()
        .accepted()
        .forEach(
            set ->
                Arrays.stream(set.items())
                    .forEach(item -> assertFalse(deleted.contains(item), "item " + item)));
    assertTrue(outcome.machineAccuracy() >= 0.8);
  }
}
