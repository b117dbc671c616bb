package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.labeling.queue.HandWorkDone.Ending;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StrandedTasksTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private QueueFixture fixture;
  private UUID ana;
  private UUID ben;

  @BeforeEach
  void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 3);
    ana = fixture.labeler();
    ben = fixture.labeler();
  }

  @AfterEach
  void close() {
    fixture.transactions.close();
  }

  private QueueDepth laterDepth(UUID job) {
    fixture.clock.move(Duration.ofSeconds(11));
    return fixture.in(() -> fixture.bridge.queueDepth(job));
  }

  private void decline(UUID job, UUID person) {
    LeasedTask task = fixture.claimOne(job, person);
    fixture.in(
        () -> {
          fixture.queue.decline(
              fixture.project, job, person, task.lease(), DeclineReason.UNSURE, null);
          return null;
        });
  }

  private UUID disagreement() {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, ana, 2);
    fixture.answerNext(job, ben, 1);
    return job;
  }

  @Test
  void twoPeopleWhoDisagreeDoNotWaitForAThirdWhoDoesNotExist() {
    UUID job = disagreement();
    assertEquals(1, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
    assertNull(fixture.label(job, 0), "the second answer can still be undone");
    assertEquals(0, laterDepth(job).open());
    LabelRow label = fixture.label(job, 0);
    assertArrayEquals(new int[] {1}, label.classIndexes(), "the tie goes to the lower label");
    assertEquals(2, label.answers());
  }

  @Test
  void aThirdPersonInTimeGetsTheDisagreement() {
    UUID job = disagreement();
    UUID cai = fixture.labeler();
    assertEquals(1, laterDepth(job).open());
    assertEquals(TaskReason.DISAGREEMENT, fixture.answerNext(job, cai, 2).reason());
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void anIdleClaimSettlesToo() {
    UUID job = disagreement();
    fixture.clock.move(Duration.ofSeconds(11));
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
    assertNotNull(fixture.label(job, 0));
  }

  @Test
  void nineAnswersOfTwoPeopleAreTwo() {
    UUID job = fixture.job(9, 9);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, ana, 1);
    assertEquals(1, laterDepth(job).open(), "the other one may still answer");
    fixture.answerNext(job, ben, 1);
    assertEquals(new QueueDepth(0, 0, 1, 0, 2), laterDepth(job));
    assertEquals(2, fixture.label(job, 0).answers());
  }

  @Test
  void somebodyWhoJoinsLaterGivesTheMissingAnswerWhenAskedFor() {
    UUID job = disagreement();
    laterDepth(job);
    UUID cai = fixture.labeler();
    assertTrue(fixture.claim(job, cai, 1).tasks().isEmpty());
    assertEquals(1, fixture.in(() -> fixture.repository.askExhaustedAgain(job, 10)));
    assertNotNull(fixture.label(job, 0), "the label stays until the new answer is there");
    fixture.answerNext(job, cai, 2);
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    assertEquals(0, fixture.in(() -> fixture.repository.askExhaustedAgain(job, 10)));
  }

  @Test
  void anItemEverybodyDeclinedIsUnanswerable() {
    UUID job = fixture.job(3, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    decline(job, ana);
    decline(job, ben);
    assertEquals(1, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
    assertEquals(new QueueDepth(0, 0, 0, 1, 0), laterDepth(job));
    assertEquals(List.of(fixture.items.get(0)), fixture.in(() -> fixture.bridge.declined(job)));
  }

  @Test
  void askingAgainReachesThoseWhoDeclined() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    decline(job, ana);
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
    assertEquals(1, fixture.in(() -> fixture.repository.askDeclinedAgain(job, 10)));
    fixture.answerNext(job, ana, 1);
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void theAnswerOfADeclinedItemsOtherPersonIsItsLabel() {
    UUID job = fixture.job(3, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, ana, 2);
    decline(job, ben);
    assertEquals(new QueueDepth(0, 0, 1, 0, 1), laterDepth(job));
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void aCorrectionAfterwardsChangesTheLabel() {
    UUID job = fixture.job(3, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    Receipt receipt = fixture.answerNext(job, ana, 2);
    decline(job, ben);
    laterDepth(job);
    fixture.in(
        () ->
            fixture.queue.correct(
                fixture.project, job, ana, receipt.answer(), UUID.randomUUID(), new int[] {0}));
    assertArrayEquals(new int[] {0}, fixture.label(job, 0).classIndexes());
    assertEquals(
        1200,
        fixture.count(
            "select max(active_millis) from labeling.answer where job_id = :job and replaced_at is"
                + " null",
            job),
        "a correction keeps the time of the answer");
  }

  @Test
  void whoIsDisabledIsNotWaitedForAndWhoHoldsTheTaskIs() {
    UUID job = disagreement();
    UUID cai = fixture.labeler();
    LeasedTask held = fixture.claimOne(job, cai);
    disable(cai);
    assertEquals(1, laterDepth(job).open(), "the answer may be on its way");
    fixture.in(() -> fixture.queue.release(fixture.project, job, cai, List.of(held.lease())));
    assertEquals(0, laterDepth(job).open());
  }

  private void disable(UUID person) {
    fixture.in(
        () ->
            fixture.update(
                "update workforce.person set disabled_at = now() where id = :id",
                Map.of("id", person)));
  }

  @Test
  void nothingIsSettledWhileNobodyAtAllMayWork() {
    UUID job = disagreement();
    disable(ana);
    disable(ben);
    assertEquals(1, laterDepth(job).open());
  }

  @Test
  void aJobByHandWhoseTeamDisagreesIsDoneAndSaysHowManyItemsLackAnswers() {
    UUID job = fixture.job(2, 3, false, true);
    for (int item = 0; item < 3; item++) {
      fixture.answerNext(job, ana, 1);
      fixture.answerNext(job, ben, item == 0 ? 2 : 1);
    }
    fixture.clock.move(Duration.ofSeconds(11));
    fixture.claim(job, ana, 1);
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.ALL_LABELED, 0, 1)),
        fixture.handWorkDone.fired);
  }
}
