package org.atelier.learning.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.atelier.learning.simulate.SimulatedPeople;
import org.atelier.learning.simulate.Simulation;
import org.atelier.learning.simulate.SimulationReport;
import org.junit.jupiter.api.Test;

class WholeDatasetSimulationTest {

  private static final int ITEMS = 6_000;
  private static final int CLASSES = 4;
  private static final int BUDGET = 3_000;

  @Test
  void secondAnswersArePaidFromTheBudgetAndThePromiseHolds() {
    SimulationReport report = report(0.9, 0);
    assertNull(report.refusal());
    assertEquals("dataset", report.guarantee().scope());
    assertEquals(report.humanLabels() + report.humanError().checked(), report.humanAnswers());
    assertTrue(report.humanAnswers() <= BUDGET, report.humanAnswers() + " answers");
    assertEquals(0, report.humanError().differing());
    assertTrue(report.humanError().atMost() < 0.1, "at most " + report.humanError().atMost());
    assertTrue(report.machineLabels() > 0 && report.certified());
    assertTrue(report.guarantee().lowerBound() >= 0.9);
    assertTrue(report.overallAccuracy() >= 0.9);
  }

  @Test
  void aTargetAboveWhatPeopleAgreeOnEndsWhereAJobWouldPause() {
    SimulationReport report = report(0.95, 0.3);
    assertTrue(report.refusal().contains("95.0 % of the whole dataset"), report.refusal());
    assertEquals(0, report.machineLabels());
    assertTrue(!report.certified());
    assertTrue(report.humanError().atLeast() > 0.05);
  }

  private static SimulationReport report(double target, double error) {
    int[] known = new SplittableRandom(3).ints(ITEMS, 0, CLASSES).toArray();
    int[][] truth = new int[ITEMS][];
    Arrays.setAll(truth, item -> new int[] {known[item]});
    int forCampaign = WholeDataset.spendable(BUDGET, 0, 1);
    CampaignSettings settings =
        CampaignSettings.standard(ITEMS, CLASSES, false, target, 0.05, forCampaign, 1, 11)
            .change()
            .budget(BUDGET)
            .wholeDataset(1)
            .done();
    SimulatedPeople people =
        new SimulatedPeople(
            truth, CLASSES, false, SimulatedPeople.evenErrors(CLASSES, error), 1, 3, 11);
    Simulation simulation =
        new Simulation(
            settings, new ToyLearner(known, CLASSES), truth, people, () -> 0, line -> {});
    return SimulationReport.of(settings, simulation.run(), 0, Map.of());
  }
}
