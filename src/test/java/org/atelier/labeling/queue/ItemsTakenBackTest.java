package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.LearningBridge.Decided;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Items that leave the queue while people hold or decline them keep their place in the job. */
class ItemsTakenBackTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 30);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  private static void accept(UUID job) {
    MachineLabel label = new MachineLabel(fixture.items.get(0), new int[] {1}, 0.99);
    fixture.in(() -> fixture.bridge.acceptMachineLabels(job, 2, "digest", List.of(label)));
  }

  private static Decided decide(UUID job) {
    return fixture.in(
        () ->
            fixture.bridge.decide(
                job, 1, fixture.labeler(), fixture.items.subList(0, 1), new int[] {2}));
  }

  @Test
  void anItemTakenBackWhileSomebodyHoldsItIsAskedAgainForTheAnswersItLacks() {
    UUID job = fixture.job(2, 2);
    UUID ana = fixture.labeler();
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 1);
    LeasedTask held = fixture.claimOne(job, ana);
    assertEquals(1, fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN)));
    fixture.answer(job, ana, held, 1);
    assertNull(fixture.label(job, 0));
    assertEquals(
        1,
        fixture.in(
            () -> fixture.bridge.enqueue(job, 2, TaskReason.AUDIT, fixture.items.subList(0, 1))));
    assertEquals(1, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
    fixture.answerNext(job, fixture.labeler(), 1);
    assertEquals(TaskReason.AUDIT, fixture.label(job, 0).reason());
    assertEquals(0, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
  }

  @Test
  void anItemTakenBackThatHasItsAnswersAllTheSameIsNotAskedAgain() {
    UUID job = fixture.job(1, 1);
    UUID ana = fixture.labeler();
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 1);
    LeasedTask held = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    fixture.answer(job, ana, held, 1);
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
    assertEquals(
        0,
        fixture.in(
            () -> fixture.bridge.enqueue(job, 2, TaskReason.AUDIT, fixture.items.subList(0, 1))));
  }

  @Test
  void anAnswerTakenBackThatReplacedAMachineLabelIsAskedOfOthersToo() {
    UUID job = fixture.job(1, 1);
    UUID ana = fixture.labeler();
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 1);
    LeasedTask held = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    accept(job);
    UUID key = UUID.randomUUID();
    fixture.answer(job, ana, key, held, 0);
    assertEquals(LabelOrigin.HUMAN, fixture.label(job, 0).source());
    assertTrue(fixture.in(() -> fixture.queue.undo(fixture.project, job, ana, key)).isPresent());
    assertNull(fixture.label(job, 0));
    fixture.clock.move(Duration.ofHours(1));
    fixture.answerNext(job, fixture.labeler(), 2);
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void aLateAnswerToAnItemTakenBackCanBeDecidedAndSentBackLikeAnyOther() {
    UUID job = fixture.job(1, 3);
    UUID ana = fixture.labeler();
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 1);
    LeasedTask held = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    fixture.answer(job, ana, held, 1);
    assertEquals(1, fixture.in(() -> fixture.bridge.sendBack(job, 2, fixture.items.subList(0, 1))));
    assertEquals(TaskReason.SENT_BACK, fixture.answerNext(job, fixture.labeler(), 0).reason());
    fixture.answerNext(job, fixture.labeler(), 0);
    assertEquals(new Decided(1, 0), decide(job));
    assertArrayEquals(new int[] {2}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void whatPeopleStillHoldOfItemsTakenBackCountsAsAskedUntilTheyLetGo() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 3);
    UUID ana = fixture.labeler();
    LeasedTask held = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    assertEquals(List.of(held.itemId()), fixture.in(() -> fixture.bridge.openItems(job)));
    fixture.in(() -> fixture.queue.release(fixture.project, job, ana, List.of(held.lease())));
    assertEquals(List.of(), fixture.in(() -> fixture.bridge.openItems(job)));
  }

  @Test
  void whatPeopleStillHoldOfItemsTakenBackIsWithinTheBudget() {
    UUID job = fixture.job(1, 3);
    fixture.budget(job, 2);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 1, 2);
    fixture.answerNext(job, fixture.labeler(), 0);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 1);
    UUID ana = fixture.labeler();
    LeasedTask held = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    List<UUID> answered = fixture.items.subList(1, 2);
    assertEquals(0, fixture.in(() -> fixture.bridge.sendBack(job, 2, answered)));
    fixture.in(() -> fixture.queue.release(fixture.project, job, ana, List.of(held.lease())));
    assertEquals(1, fixture.in(() -> fixture.bridge.sendBack(job, 2, answered)));
  }

  @Test
  void aDeclinedItemThatTheModelLabelledDoesNotCountAsUnlabelled() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 0, 2);
    for (int item = 0; item < 2; item++) {
      UUID person = fixture.labeler();
      LeasedTask task = fixture.claimOne(job, person);
      fixture.queue.decline(fixture.project, job, person, task.lease(), DeclineReason.BROKEN, null);
    }
    assertEquals(2, fixture.in(() -> fixture.bridge.declined(job)).size());
    assertEquals(2, fixture.in(() -> fixture.bridge.declinedWithoutLabel(job)));
    accept(job);
    assertEquals(2, fixture.in(() -> fixture.bridge.declined(job)).size());
    assertEquals(1, fixture.in(() -> fixture.bridge.declinedWithoutLabel(job)));
  }
}
