package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.platform.CommonProblem;
import org.atelier.platform.ProblemCode;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

class TaskQueueTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 20);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  private static UUID jobAsking(int perItem, int most, int items) {
    UUID job = fixture.job(perItem, most);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, items);
    return job;
  }

  private static void refuses(ProblemCode code, Executable act) {
    assertEquals(code, assertThrows(ProblemException.class, act).problem());
  }

  @Test
  void tasksComeInTheOrderAskedAndEachOnlyOnce() {
    UUID job = jobAsking(1, 1, 3);
    UUID ana = fixture.labeler();
    List<LeasedTask> held = fixture.claim(job, ana, 2).tasks();
    assertEquals(fixture.items.subList(0, 2), held.stream().map(LeasedTask::itemId).toList());
    assertEquals(fixture.items.get(2), fixture.claimOne(job, fixture.labeler()).itemId());
    assertTrue(fixture.claim(job, fixture.labeler(), 5).tasks().isEmpty());
    assertEquals(held, fixture.claim(job, ana, 2).tasks());
  }

  @Test
  void heldTasksComeFirstInThePagesOrder() {
    UUID job = jobAsking(1, 1, 4);
    UUID ana = fixture.labeler();
    List<LeasedTask> held = fixture.claim(job, ana, 3).tasks();
    List<UUID> reversed = List.of(held.get(2).lease(), held.get(0).lease());
    List<LeasedTask> again =
        fixture.in(() -> fixture.queue.claim(fixture.project, job, ana, 4, reversed)).tasks();
    assertEquals(
        List.of(held.get(2).lease(), held.get(0).lease(), held.get(1).lease()),
        again.stream().limit(3).map(LeasedTask::lease).toList());
    assertEquals(fixture.items.get(3), again.get(3).itemId());
  }

  @Test
  void theSamePersonNeverGetsAnItemTwice() {
    UUID job = jobAsking(2, 2, 1);
    UUID ana = fixture.labeler();
    fixture.answerNext(job, ana, 1);
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
    assertNull(fixture.label(job, 0));
    fixture.answerNext(job, fixture.labeler(), 1);
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
    assertEquals(1.0, fixture.label(job, 0).confidence());
  }

  @Test
  void itemsWithFewerAnswersComeFirst() {
    UUID job = jobAsking(2, 2, 2);
    fixture.answerNext(job, fixture.labeler(), 0);
    assertEquals(fixture.items.get(1), fixture.claimOne(job, fixture.labeler()).itemId());
  }

  @Test
  void oneAnswerMakesALabelOfConfidenceZero() {
    UUID job = jobAsking(1, 3, 1);
    Receipt receipt = fixture.answerNext(job, fixture.labeler(), 2);
    assertEquals(TaskReason.RANDOM_START, receipt.reason());
    assertFalse(receipt.surplus());
    assertEquals(fixture.clock.instant().plusSeconds(10), receipt.undoUntil());
    LabelRow label = fixture.label(job, 0);
    assertArrayEquals(new int[] {2}, label.classIndexes());
    assertEquals(0.0, label.confidence());
    assertEquals(LabelOrigin.HUMAN, label.source());
    assertEquals(new QueueDepth(0, 0, 1, 0, 1), fixture.in(() -> fixture.bridge.queueDepth(job)));
  }

  @Test
  void disagreementAsksForOneMoreUpToTheMost() {
    UUID job = jobAsking(2, 4, 1);
    fixture.answerNext(job, fixture.labeler(), 0);
    fixture.answerNext(job, fixture.labeler(), 1);
    assertNull(fixture.label(job, 0));
    assertEquals(TaskReason.DISAGREEMENT, fixture.answerNext(job, fixture.labeler(), 2).reason());
    assertNull(fixture.label(job, 0));
    fixture.answerNext(job, fixture.labeler(), 1);
    LabelRow label = fixture.label(job, 0);
    assertArrayEquals(new int[] {1}, label.classIndexes());
    assertEquals(0.5, label.confidence());
    assertEquals(4, label.answers());
    assertTrue(fixture.claim(job, fixture.labeler(), 1).tasks().isEmpty());
  }

  @Test
  void theSameKeyIsTheSameAnswer() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    UUID key = UUID.randomUUID();
    Receipt first = fixture.answer(job, ana, key, task, 1);
    fixture.clock.move(Duration.ofSeconds(5));
    assertEquals(first, fixture.answer(job, ana, key, task, 1));
    assertEquals(
        1L, fixture.count("select count(*) from labeling.answer where job_id = :job", job));
    refuses(LabelingProblem.KEY_REUSED, () -> fixture.answer(job, ana, key, task, 2));
    refuses(LabelingProblem.ALREADY_ANSWERED, () -> fixture.answer(job, ana, task, 1));
  }

  @Test
  void anAnswerThatDiedBeforeItsCommitIsSentAgainWithTheSameKey() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    UUID key = UUID.randomUUID();
    fixture.transactions.thatDies(
        () -> fixture.queue.submit(fixture.project, job, ana, QueueFixture.given(key, task, 1)));
    assertNull(fixture.label(job, 0));
    fixture.answer(job, ana, key, task, 1);
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
    assertEquals(
        1L, fixture.count("select count(*) from labeling.answer where job_id = :job", job));
  }

  @Test
  void undoGivesTheTaskBackWithinTheGraceTime() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    UUID key = UUID.randomUUID();
    fixture.answer(job, ana, key, task, 1);
    LeasedTask again =
        fixture.in(() -> fixture.queue.undo(fixture.project, job, ana, key)).orElseThrow();
    assertEquals(task.lease(), again.lease());
    assertNull(fixture.label(job, 0));
    assertTrue(fixture.in(() -> fixture.queue.undo(fixture.project, job, ana, key)).isEmpty());
    assertTrue(fixture.claim(job, fixture.labeler(), 1).tasks().isEmpty());
    UUID second = UUID.randomUUID();
    fixture.answer(job, ana, second, again, 2);
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    fixture.clock.move(Duration.ofSeconds(11));
    refuses(
        LabelingProblem.UNDO_TOO_LATE,
        () -> fixture.in(() -> fixture.queue.undo(fixture.project, job, ana, second)));
  }

  @Test
  void aDeclinedTaskNeverComesBackAndEndsWhenAsManyDeclinedAsWereNeeded() {
    UUID job = jobAsking(2, 2, 1);
    UUID ana = fixture.labeler();
    decline(job, ana);
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
    UUID ben = fixture.labeler();
    decline(job, ben);
    assertTrue(fixture.claim(job, fixture.labeler(), 1).tasks().isEmpty());
    assertEquals(List.of(fixture.items.get(0)), fixture.in(() -> fixture.bridge.declined(job)));
    fixture.ask(job, 1, TaskReason.RANDOM_START, 0, 1);
    assertEquals(fixture.items.get(0), fixture.claimOne(job, fixture.labeler()).itemId());
  }

  @Test
  void anAnswerAfterItsTimeCountsWhereTheOthersDeclined() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask late = fixture.claimOne(job, ana);
    fixture.clock.move(Duration.ofSeconds(601));
    decline(job, fixture.labeler());
    assertEquals(1, fixture.in(() -> fixture.bridge.declinedWithoutLabel(job)));
    assertFalse(fixture.answer(job, ana, late, 2).surplus());
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    assertEquals(0, fixture.in(() -> fixture.bridge.declinedWithoutLabel(job)));
  }

  @Test
  void aSecondAnswerAfterItsTimeIsOneTooMany() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask first = fixture.claimOne(job, ana);
    fixture.clock.move(Duration.ofSeconds(601));
    UUID ben = fixture.labeler();
    LeasedTask second = fixture.claimOne(job, ben);
    fixture.clock.move(Duration.ofSeconds(601));
    decline(job, fixture.labeler());
    assertFalse(fixture.answer(job, ana, first, 2).surplus());
    assertEquals(List.of(), fixture.in(() -> fixture.bridge.declined(job)));
    assertTrue(fixture.answer(job, ben, second, 1).surplus());
  }

  private static void decline(UUID job, UUID person) {
    LeasedTask task = fixture.claimOne(job, person);
    for (int time = 0; time < 2; time++) {
      fixture.in(
          () -> {
            fixture.queue.decline(
                fixture.project, job, person, task.lease(), DeclineReason.UNSURE, null);
            return null;
          });
    }
  }

  @Test
  void releasedTasksGoToOthersAndMayComeBack() {
    UUID job = jobAsking(1, 1, 2);
    UUID ana = fixture.labeler();
    List<UUID> leases = fixture.claim(job, ana, 2).tasks().stream().map(LeasedTask::lease).toList();
    assertEquals(2, fixture.in(() -> fixture.queue.release(fixture.project, job, ana, leases)));
    assertEquals(fixture.items.get(0), fixture.claimOne(job, fixture.labeler()).itemId());
    assertEquals(fixture.items.get(1), fixture.claimOne(job, ana).itemId());
  }

  @Test
  void renewedLeasesLiveOnAndOthersAreLost() {
    UUID job = jobAsking(1, 1, 2);
    UUID ana = fixture.labeler();
    List<UUID> leases = fixture.claim(job, ana, 2).tasks().stream().map(LeasedTask::lease).toList();
    fixture.clock.move(Duration.ofSeconds(500));
    assertEquals(
        Set.of(leases.get(0)),
        fixture
            .in(
                () ->
                    fixture.queue.renew(
                        fixture.project, job, ana, List.of(leases.get(0), UUID.randomUUID())))
            .keySet());
    fixture.clock.move(Duration.ofSeconds(200));
    assertEquals(fixture.items.get(1), fixture.claimOne(job, fixture.labeler()).itemId());
  }

  @Test
  void anOwnAnswerCanBeCorrectedUntilItsRoundIsClosed() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    Receipt receipt = fixture.answerNext(job, ana, 0);
    UUID key = UUID.randomUUID();
    Receipt corrected = correct(job, ana, receipt.answer(), key, 2);
    assertEquals(corrected, correct(job, ana, receipt.answer(), key, 2));
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
    assertEquals(2L, fixture.count("select count(*) from labeling.label where job_id = :job", job));
    fixture.in(
        () -> {
          fixture.bridge.closeRounds(job, 0);
          return null;
        });
    refuses(
        LabelingProblem.CORRECTION_CLOSED,
        () -> correct(job, ana, corrected.answer(), UUID.randomUUID(), 1));
    refuses(
        LabelingProblem.ANSWER_NOT_FOUND,
        () -> correct(job, fixture.labeler(), corrected.answer(), UUID.randomUUID(), 1));
  }

  private static Receipt correct(UUID job, UUID person, UUID answer, UUID key, int label) {
    return fixture.in(
        () -> fixture.queue.correct(fixture.project, job, person, answer, key, new int[] {label}));
  }

  @Test
  void labelsOutsideTheSetAreRefused() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    refuses(LabelingProblem.BAD_CLASSES, () -> fixture.answer(job, ana, task, 3));
    refuses(LabelingProblem.BAD_CLASSES, () -> fixture.answer(job, ana, task));
    refuses(LabelingProblem.BAD_CLASSES, () -> fixture.answer(job, ana, task, 0, 1));
    refuses(LabelingProblem.BAD_CLASSES, () -> fixture.answer(job, ana, task, -1));
  }

  @Test
  void labelSetsAreDecidedLabelByLabel() {
    UUID job = fixture.job(3, 3, true, false);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, fixture.labeler(), 1, 0);
    fixture.answerNext(job, fixture.labeler(), 0);
    fixture.answerNext(job, fixture.labeler(), 0, 2);
    LabelRow label = fixture.label(job, 0);
    assertArrayEquals(new int[] {0}, label.classIndexes());
    assertArrayEquals(new int[] {0, 1, 2}, label.mentioned());
    assertArrayEquals(new double[] {1, 0.33, 0.33}, label.mentionedConfidences());
    assertEquals(0.67, label.confidence());
  }

  @Test
  void strangersGetNothing() {
    UUID job = jobAsking(1, 1, 1);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    QueueFixture other = new QueueFixture(POSTGRES.dataSource(), 1);
    UUID stranger = other.labeler();
    refuses(CommonProblem.FORBIDDEN, () -> fixture.claim(job, stranger, 1));
    refuses(LabelingProblem.LEASE_NOT_FOUND, () -> fixture.answer(job, stranger, task, 1));
    refuses(
        LabelingProblem.JOB_NOT_FOUND,
        () -> fixture.in(() -> fixture.queue.claim(other.project, job, ana, 1, List.of())));
    refuses(
        LabelingProblem.JOB_NOT_FOUND,
        () ->
            fixture.in(
                () ->
                    fixture.queue.submit(
                        other.project, job, ana, QueueFixture.given(UUID.randomUUID(), task, 1))));
    other.transactions.close();
  }

  @Test
  void suggestionsAreNeverShownOnItemsDrawnAtRandom() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 1, TaskReason.AUDIT, 0, 1);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 1, 2);
    fixture.in(
        () -> {
          fixture.bridge.suggest(
              job,
              List.of(
                  new MachineLabel(fixture.items.get(0), new int[] {1}, 0.9),
                  new MachineLabel(fixture.items.get(1), new int[] {2}, 0.4)));
          return null;
        });
    List<LeasedTask> tasks = fixture.claim(job, fixture.labeler(), 2).tasks();
    assertNull(tasks.get(0).suggestion());
    assertArrayEquals(new int[] {2}, tasks.get(1).suggestion().classes());
  }

  @Test
  void aPausedJobGivesNothingNewButTakesAnswers() {
    UUID job = jobAsking(1, 1, 2);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    state(job, "PAUSED");
    assertEquals(List.of(task), fixture.claim(job, ana, 2).tasks());
    fixture.answer(job, ana, task, 1);
    assertTrue(fixture.claim(job, ana, 2).tasks().isEmpty());
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void anAnswerAfterTheEndIsKeptAndChangesNothing() {
    UUID job = jobAsking(1, 1, 2);
    UUID ana = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ana);
    state(job, "COMPLETED");
    assertTrue(fixture.answer(job, ana, task, 1).surplus());
    assertNull(fixture.label(job, 0));
    assertEquals(
        1L, fixture.count("select count(*) from labeling.answer where job_id = :job", job));
  }

  private static void state(UUID job, String state) {
    fixture.in(
        () ->
            fixture.update(
                "update labeling.job set state = :state where id = :job",
                java.util.Map.of("state", state, "job", job)));
  }

  @Test
  void theCountOfWaitingTasksFollowsClaims() {
    UUID job = jobAsking(1, 1, 6);
    assertEquals(6, fixture.in(() -> fixture.queue.open(job)));
    fixture.claim(job, fixture.labeler(), 3);
    assertEquals(3, fixture.in(() -> fixture.queue.open(job)));
  }
}
