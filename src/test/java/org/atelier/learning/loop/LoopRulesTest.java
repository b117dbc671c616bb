package org.atelier.learning.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.atelier.dataset.ItemKind;
import org.atelier.labeling.GuaranteeScope;
import org.atelier.labeling.JobSettings;
import org.atelier.labeling.JobState;
import org.atelier.labeling.JobView;
import org.atelier.labeling.LabelDefinition;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskType;
import org.junit.jupiter.api.Test;

class LoopRulesTest {

  private static final UUID ID = new UUID(1, 2);

  @Test
  void aStepIsDueWhenThreeQuartersOfItsTasksAreSettled() {
    assertFalse(LoopRules.isStepDue(learner(100, 40), depth(11, 0, 129), false));
    assertTrue(LoopRules.isStepDue(learner(100, 40), depth(10, 0, 130), false));
    assertTrue(LoopRules.isStepDue(learner(100, 40), depth(0, 0, 100), false));
  }

  @Test
  void answersAreUnreadAlsoWhenDeletionsTookSettledTasksAway() {
    assertFalse(LoopRules.isUnread(learner(1_000, 0), depth(0, 0, 1_000)));
    assertTrue(LoopRules.isUnread(learner(1_000, 0), depth(0, 0, 1_001)));
    assertTrue(LoopRules.isUnread(learner(1_000, 10), depth(0, 0, 1_000)), "ten deleted, ten new");
    assertFalse(LoopRules.isUnread(learner(1_000, 10), depth(10, 0, 990)), "still with people");
    assertTrue(LoopRules.isStepDue(learner(100, 40), depth(10, 0, 100), false), "thirty deleted");
  }

  @Test
  void aStepDoesNotWaitForPeopleWhoLeft() {
    assertFalse(LoopRules.isStepDue(learner(100, 40), depth(35, 35, 105), false));
    assertTrue(LoopRules.isStepDue(learner(100, 40), depth(35, 35, 105), true));
    assertFalse(LoopRules.isStepDue(learner(100, 40), depth(40, 40, 100), true), "nothing new");
  }

  @Test
  void beforeThereIsAModelPeopleGetABatchAndMoreFromTheFirstHalfOfTheBudget() {
    JobView small = job(1_000);
    assertEquals(20, LoopRules.fillable(small, depth(0, 0, 100), 0, null));
    assertEquals(20, LoopRules.fillable(small, depth(0, 0, 100), 100, null), "beyond the batch");
    assertEquals(20, LoopRules.fillable(small, depth(0, 0, 700), 0, null));
    assertEquals(5, LoopRules.fillable(small, depth(0, 0, 700), 95, null), "the rest of the batch");
    assertEquals(0, LoopRules.fillable(small, depth(0, 0, 700), 100, null));
    assertEquals(0, LoopRules.fillable(small, depth(0, 0, 1_000), 0, null));
    assertEquals(20, LoopRules.fillable(job(null), depth(0, 0, 5_000), 900, null), "no limit");
  }

  @Test
  void whileAModelTrainsPeopleGetAllButWhatTheAuditMayNeed() {
    JobView small = job(1_000);
    assertEquals(20, LoopRules.fillable(small, depth(0, 0, 700), 100, expecting(0)));
    assertEquals(5, LoopRules.fillable(small, depth(0, 0, 895), 100, expecting(0)), "a batch");
    assertEquals(10, LoopRules.fillable(small, depth(0, 0, 790), 100, expecting(100)), "200 kept");
    assertEquals(10, LoopRules.fillable(small, depth(0, 0, 490), 100, expecting(400)), "a half");
    assertEquals(0, LoopRules.fillable(small, depth(0, 0, 590), 100, expecting(null)));
    QueueDepth late = new QueueDepth(0, 7, 790, 0, 790, 7, 0, 0);
    assertEquals(3, LoopRules.fillable(small, late, 100, expecting(100)), "seven will be paid");
  }

  @Test
  void aBatchARoundIsAlwaysRightUnlessTheAuditNeedsIt() {
    JobView small = job(1_000);
    assertEquals(20, LoopRules.fillable(small, depth(0, 0, 800), 0, expecting(100)));
    assertEquals(
        5, LoopRules.fillable(small, depth(0, 0, 800), 95, expecting(100)), "of the batch");
    assertEquals(7, LoopRules.fillable(small, depth(0, 0, 843), 0, expecting(100)), "150 for it");
    assertEquals(0, LoopRules.fillable(small, depth(0, 0, 850), 0, expecting(100)));
  }

  @Test
  void theStepUnderWayFindsTheBatchItWasPlannedWith() {
    JobView small = job(1_000);
    assertEquals(0, LoopRules.fillable(small, depth(0, 0, 900), 0, null));
    assertEquals(3, LoopRules.fillable(small, depth(0, 0, 897), 0, null));
    assertEquals(3, LoopRules.fillable(small, depth(0, 0, 897), 0, expecting(10)));
  }

  @Test
  void anAuditThatMustBeNextIsDrawnForWhileWhatItNeedsBeyondIsLeft() {
    JobView small = job(1_000);
    // 203 left and 200 expected: 3 / 0.3
    assertEquals(10, LoopRules.early(small, depth(0, 0, 797), 0, 0, expecting(200)));
    assertEquals(0, LoopRules.early(small, depth(0, 0, 800), 0, 0, expecting(200)));
    // 10 that were drawn count for 7
    assertEquals(6, LoopRules.early(small, depth(0, 0, 805), 10, 0, expecting(200)), "2 / 0.3");
    assertEquals(3, LoopRules.early(small, depth(0, 0, 897), 0, 0, expecting(10)), "a batch stays");
    assertEquals(0, LoopRules.early(small, depth(0, 0, 100), 0, 0, null), "nothing is forecast");
    assertEquals(20, LoopRules.early(job(null), depth(0, 0, 5_000), 0, 0, null), "no limit");
  }

  @Test
  void whileAnAuditMayNotBeNextAllThatItNeedsStaysWhateverIsDrawn() {
    JobView small = job(1_000);
    // next below 100 + 0.75 * 300 = 325
    assertEquals(8, LoopRules.early(small, depth(0, 0, 692), 60, 0, expecting(200)), "300 stay");
    assertEquals(0, LoopRules.early(small, depth(0, 0, 700), 60, 0, expecting(200)));
    assertEquals(0, LoopRules.early(small, depth(0, 0, 700), 0, 60, expecting(200)));
    assertEquals(20, LoopRules.early(small, depth(0, 0, 700), 0, 0, expecting(200)), "it is next");
  }

  @Test
  void whatIsLeftWhenNothingMoreIsDrawnPaysTheAudit() {
    JobView job = job(12_000, 600);
    for (int affordable : new int[] {1_000, 1_600, 2_400, 5_000, 11_000}) {
      int drawn = 0;
      for (int more = 1; more > 0; drawn += more) {
        int answered = 12_000 - affordable + drawn;
        more = LoopRules.early(job, depth(0, 0, answered), drawn, 0, expecting(1_500));
      }
      int left = affordable - drawn;
      assertTrue(left + 0.7 * drawn >= Math.min(affordable, 1_500), affordable + " left " + left);
      assertTrue(affordable < 2_288 || left >= 2_100, "no audit: " + left);
    }
  }

  @Test
  void whatAWatchOverAcceptedLabelsMayDrawIsKeptToo() {
    JobView small = job(1_000);
    // a batch of 100, and 25 draws of the watch
    assertEquals(3, LoopRules.fillable(small, depth(0, 0, 872), 0, expecting(10, 1)));
    assertEquals(0, LoopRules.fillable(small, depth(0, 0, 875), 0, expecting(10, 1)));
    assertEquals(3, LoopRules.early(small, depth(0, 0, 872), 0, 0, expecting(40, 1)));
    assertEquals(25, Watching.mostDraws(600), "while the certificate is in doubt");
    assertEquals(40, Watching.mostDraws(1_000));
  }

  @Test
  void manyHandsNeedMoreFreeTasks() {
    assertEquals(10, LoopRules.lowWater(job(1_000), depth(40, 40, 0)));
    assertEquals(100, LoopRules.lowWater(job(1_000), depth(450, 400, 0)));
    assertEquals(1_000, LoopRules.lowWater(job(1_000), depth(9_000, 8_000, 0)));
    assertEquals(200, LoopRules.fillable(job(null), depth(450, 400, 0), 0, null));
  }

  @Test
  void aWarmStartAsksHalfAsMuchButEnoughForAModel() {
    int cold = LoopRules.campaign(job(null), 60_000, null, 0, false).randomStart();
    assertEquals(cold / 2, LoopRules.campaign(job(null), 60_000, null, 0, true).randomStart());
    assertEquals(20, LoopRules.campaign(job(null), 400, null, 0, true).randomStart());
  }

  @Test
  void aWishedRoundIsHonouredUpwardAndDownward() {
    JobView job = job(1_000);
    assertEquals(2_500, LoopRules.campaign(withRounds(job, 2_500), 60_000, null, 0, false).batch());
    assertEquals(10, LoopRules.campaign(withRounds(job, 10), 60_000, null, 0, false).batch());
    assertEquals(50, LoopRules.campaign(withRounds(job, 0), 60_000, null, 0, false).batch());
  }

  private static LearnerRow learner(long settledAtStep, long openAfterStep) {
    return new LearnerRow(
        ID,
        ID,
        true,
        LearnerPhase.ASKING,
        null,
        Instant.EPOCH,
        ID,
        1,
        ID,
        1,
        1,
        null,
        settledAtStep,
        openAfterStep,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        false,
        0);
  }

  private static RoundFacts expecting(Integer draws) {
    return expecting(draws, 0);
  }

  private static RoundFacts expecting(Integer draws, int machineLabels) {
    RoundFacts.Training training =
        new RoundFacts.Training(400, 400L, 0.9, 50, 0.8, 900, draws, 0.96, 50_000, List.of(), 1);
    return new RoundFacts(
        training, null, null, null, 50_000, 400, machineLabels, 400, 1, null, null, null);
  }

  private static QueueDepth depth(long open, long underWay, long settled) {
    return new QueueDepth(open, underWay, settled, 0, settled);
  }

  private static JobView job(Integer budget) {
    return job(budget, 100);
  }

  private static JobView withRounds(JobView job, int items) {
    return job(job.settings().budget().answers(), items);
  }

  private static JobView job(Integer budget, int batch) {
    JobSettings settings =
        new JobSettings(
            "A job",
            ID,
            1,
            TaskType.SINGLE,
            List.of(LabelDefinition.named("a"), LabelDefinition.named("b")),
            "",
            Set.of(),
            new JobSettings.Answering(1, 1, "majority", true, false, 600, 0),
            new JobSettings.Learning(true, 0.95, GuaranteeScope.MACHINE, 0.05, batch, Map.of()),
            new JobSettings.Budget(budget, null, null, null));
    return new JobView(
        ID,
        ID,
        0,
        JobState.RUNNING,
        null,
        Instant.EPOCH,
        settings,
        ItemKind.TEXT,
        60_000,
        1,
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        null,
        null);
  }
}
