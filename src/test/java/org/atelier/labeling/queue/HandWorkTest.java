package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.DeclineReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.queue.HandWorkDone.Ending;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HandWorkTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private QueueFixture fixture;
  private UUID ana;

  @BeforeEach
  void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 12);
    ana = fixture.labeler();
  }

  @AfterEach
  void close() {
    fixture.transactions.close();
  }

  private void look(UUID job) {
    fixture.in(
        () -> {
          fixture.bridge.lookAtHandWork(job);
          return null;
        });
  }

  @Test
  void aUsedUpBudgetEndsTheWorkAndSaysWhatIsLeft() {
    UUID job = fixture.job(1, 1, false, true);
    fixture.budget(job, 5);
    for (int item = 0; item < 5; item++) {
      fixture.answerNext(job, ana, 1);
    }
    look(job);
    assertTrue(fixture.handWorkDone.fired.isEmpty(), "the last answer can still be undone");
    fixture.clock.move(Duration.ofSeconds(11));
    look(job);
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.BUDGET_USED, 7, 0)),
        fixture.handWorkDone.fired);
    fixture.clock.move(Duration.ofSeconds(11));
    fixture.claim(job, ana, 1);
    assertEquals(2, fixture.handWorkDone.fired.size(), "somebody who finds nothing notices too");
  }

  @Test
  void aBudgetThatIsJustEnoughLabelsEverything() {
    UUID job = fixture.job(1, 1, false, true);
    fixture.budget(job, 12);
    for (int item = 0; item < 12; item++) {
      fixture.answerNext(job, ana, 1);
    }
    fixture.clock.move(Duration.ofSeconds(11));
    look(job);
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.ALL_LABELED, 0, 0)),
        fixture.handWorkDone.fired);
  }

  @Test
  void itemsWhoseMachineLabelsFallWhilePeopleLabelInOrderAreAskedToo() {
    UUID job = fixture.job(1, 1, false, true);
    UUID first = fixture.items.get(0);
    fixture.in(
        () ->
            fixture.bridge.acceptMachineLabels(
                job, 1, "m", List.of(new MachineLabel(first, new int[] {1}, 0.9))));
    for (int item = 1; item < 12; item++) {
      assertEquals(fixture.items.get(item), answeredNext(job));
    }
    fixture.in(
        () -> {
          fixture.bridge.withdrawMachineLabels(job, 1, List.of(first), "Too many are wrong.");
          fixture.jobQueue.askInOrder(job);
          return null;
        });
    assertEquals(first, answeredNext(job));
  }

  private UUID answeredNext(UUID job) {
    var task = fixture.claimOne(job, ana);
    fixture.answer(job, ana, task, 1);
    return task.itemId();
  }

  @Test
  void itemsThatAreSentBackJustBeforeTheEndAreAskedFirst() {
    QueueFixture small = new QueueFixture(POSTGRES.dataSource(), 1);
    UUID job = small.job(1, 1, false, true);
    small.answerNext(job, small.labeler(), 1);
    small.clock.move(Duration.ofSeconds(11));
    AtomicBoolean once = new AtomicBoolean();
    small
        .transactions
        .jdbi()
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logAfterExecution(StatementContext context) {
                if (context.getRawSql().contains("as gave_way") && !once.getAndSet(true)) {
                  new Meanwhile<>(
                          POSTGRES.jdbi(),
                          () -> small.in(() -> small.bridge.sendBack(job, 1, small.items)))
                      .outcome();
                }
              }
            });
    small.in(
        () -> {
          small.bridge.lookAtHandWork(job);
          return null;
        });
    assertTrue(once.get());
    assertEquals(List.of(), small.handWorkDone.fired);
    small.transactions.close();
  }

  @Test
  void theBudgetIsNotUsedWhileSomebodyHoldsAnItemThatWasTakenBack() {
    UUID job = byHandWhileAnItemTakenBackIsHeld();
    look(job);
    assertEquals(List.of(), fixture.handWorkDone.fired);
    assertFalse(fixture.in(() -> fixture.jobQueue.isBudgetUsed(job)));
    fixture.clock.move(Duration.ofSeconds(601));
    look(job);
    assertEquals(List.of(), fixture.handWorkDone.fired);
    fixture.answerNext(job, ana, 1);
    fixture.clock.move(Duration.ofSeconds(11));
    look(job);
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.BUDGET_USED, 10, 0)),
        fixture.handWorkDone.fired);
    assertTrue(fixture.in(() -> fixture.jobQueue.isBudgetUsed(job)));
  }

  /** Two answers are allowed, one was given, and one may still come from whoever holds an item. */
  private UUID byHandWhileAnItemTakenBackIsHeld() {
    UUID job = fixture.job(1, 1);
    fixture.budget(job, 2);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 0, 2);
    fixture.claimOne(job, fixture.labeler());
    fixture.answerNext(job, ana, 1);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    fixture.in(
        () ->
            fixture.update(
                "update labeling.job set by_hand_reason = 'No progress', next_ordinal = 0 where id"
                    + " = :job",
                Map.of("job", job)));
    fixture.clock.move(Duration.ofSeconds(11));
    return job;
  }

  @Test
  void withARaisedBudgetTheWorkGoesOn() {
    UUID job = fixture.job(1, 1, false, true);
    fixture.budget(job, 5);
    for (int item = 0; item < 5; item++) {
      fixture.answerNext(job, ana, 1);
    }
    fixture.budget(job, 6);
    assertEquals(fixture.items.get(5), fixture.claimOne(job, ana).itemId());
  }

  @Test
  void aLearningJobThatFellBackToHandWorkEndsToo() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 2);
    fixture.answerNext(job, ana, 1);
    fixture.answerNext(job, ana, 1);
    fixture.budget(job, 3);
    fixture.in(
        () ->
            fixture.update(
                "update labeling.job set by_hand_reason = 'No progress', next_ordinal = 0 where id"
                    + " = :job",
                Map.of("job", job)));
    fixture.answerNext(job, ana, 1);
    fixture.clock.move(Duration.ofSeconds(11));
    look(job);
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.BUDGET_USED, 9, 0)),
        fixture.handWorkDone.fired);
  }

  @Test
  void aJobThatAsksSomeItemsTwiceSpendsTheLastAnswerOfItsBudgetToo() {
    UUID job = fixture.job(1, 1);
    fixture.budget(job, 1);
    fixture.in(
        () ->
            fixture.update(
                "update labeling.job set by_hand_reason = 'No progress', next_ordinal = 0,"
                    + " scope = 'DATASET' where id = :job",
                Map.of("job", job)));
    fixture.answerNext(job, ana, 1);
    fixture.clock.move(Duration.ofSeconds(11));
    look(job);
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.BUDGET_USED, 11, 0)),
        fixture.handWorkDone.fired);
  }

  @Test
  void anItemThatGaveWayToADisagreementIsNotTakenForDoneAndComesBackWithMoreBudget() {
    QueueFixture small = new QueueFixture(POSTGRES.dataSource(), 2);
    UUID anna = small.labeler();
    UUID ben = small.labeler();
    UUID cai = small.labeler();
    UUID job = small.job(2, 3, false, true);
    small.budget(job, 4);
    LeasedTask first = small.claimOne(job, anna);
    small.answer(job, anna, first, 0);
    List<LeasedTask> both = small.claim(job, ben, 2).tasks();
    LeasedTask same =
        both.stream().filter(one -> one.itemId().equals(first.itemId())).findFirst().orElseThrow();
    small.in(
        () ->
            small.queue.release(
                small.project,
                job,
                ben,
                both.stream()
                    .map(LeasedTask::lease)
                    .filter(one -> !one.equals(same.lease()))
                    .toList()));
    small.answer(job, ben, same, 1);
    small.answerNext(job, cai, 1);
    small.clock.move(Duration.ofSeconds(11));
    assertTrue(small.claim(job, cai, 1).tasks().isEmpty());
    assertEquals(
        List.of(new HandWorkDone(small.project, job, Ending.BUDGET_USED, 1, 0)),
        small.handWorkDone.fired);
    small.budget(job, 6);
    small.clock.move(Duration.ofSeconds(11));
    small.claim(job, cai, 1);
    assertEquals(small.items.get(1), small.claimOne(job, cai).itemId());
    small.transactions.close();
  }

  @Test
  void whatIsLeftWasDeclinedIsSaidAndNotTakenForDone() {
    QueueFixture small = new QueueFixture(POSTGRES.dataSource(), 2);
    UUID anna = small.labeler();
    UUID job = small.job(1, 1, false, true);
    small.answerNext(job, anna, 0);
    LeasedTask task = small.claimOne(job, anna);
    small.in(
        () -> {
          small.queue.decline(small.project, job, anna, task.lease(), DeclineReason.BROKEN, null);
          return null;
        });
    small.clock.move(Duration.ofSeconds(11));
    assertTrue(small.claim(job, anna, 1).tasks().isEmpty());
    assertNotNull(small.label(job, 0));
    assertEquals(
        List.of(new HandWorkDone(small.project, job, Ending.DECLINED, 1, 0)),
        small.handWorkDone.fired);
    small.transactions.close();
  }

  @Test
  void aJobByHandAsksForEveryItemInOrderWithinItsBudget() {
    UUID job = fixture.job(1, 1, false, true);
    fixture.budget(job, 12);
    for (int at = 0; at < 12; at++) {
      LeasedTask task = fixture.claimOne(job, ana);
      assertEquals(fixture.items.get(at), task.itemId());
      assertEquals(TaskReason.BY_HAND, fixture.answer(job, ana, task, 1).reason());
    }
    assertTrue(fixture.claim(job, ana, 1).tasks().isEmpty());
  }

  @Test
  void aJobByHandIsDoneWhenNothingCanBeUndoneAnyMore() {
    QueueFixture small = new QueueFixture(POSTGRES.dataSource(), 2);
    UUID job = small.job(1, 1, false, true);
    UUID ben = small.labeler();
    small.answerNext(job, ben, 1);
    small.answerNext(job, ben, 1);
    small.claim(job, ben, 1);
    small.claim(job, ben, 1);
    assertTrue(small.handWorkDone.fired.isEmpty());
    small.clock.move(Duration.ofSeconds(11));
    small.claim(job, ben, 1);
    assertEquals(
        List.of(new HandWorkDone(small.project, job, HandWorkDone.Ending.ALL_LABELED, 0, 0)),
        small.handWorkDone.fired);
    small.transactions.close();
  }

  @Test
  void theLastAnswerIsTheSecondThatAnItemTakenBackStillNeeds() {
    QueueFixture few = new QueueFixture(POSTGRES.dataSource(), 60);
    UUID anna = few.labeler();
    UUID ben = few.labeler();
    UUID job = few.job(1, 1);
    few.in(
        () ->
            few.update(
                "update labeling.job set scope = 'DATASET' where id = :job", Map.of("job", job)));
    int checked = few.items.indexOf(firstThatTwoAreAsked(few, job));
    few.ask(job, 1, TaskReason.LOW_MARGIN, checked, checked + 1);
    LeasedTask held = few.claimOne(job, anna);
    few.in(() -> few.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    few.answer(job, anna, held, 1);
    few.budget(job, 2);
    few.in(
        () ->
            few.update(
                """
                update labeling.job set by_hand_reason = 'No progress', next_ordinal = :next
                where id = :job
                """,
                Map.of("job", job, "next", checked)));
    LeasedTask second = few.claimOne(job, ben);
    assertEquals(held.itemId(), second.itemId());
    few.answer(job, ben, second, 1);
    assertNotNull(few.label(job, checked));
    few.clock.move(Duration.ofSeconds(11));
    few.claim(job, ben, 1);
    assertEquals(
        List.of(new HandWorkDone(few.project, job, Ending.BUDGET_USED, 59, 0)),
        few.handWorkDone.fired);
    few.transactions.close();
  }

  private static UUID firstThatTwoAreAsked(QueueFixture few, UUID job) {
    return few.in(
        () ->
            few.transactions
                .jdbi()
                .withHandle(
                    handle ->
                        handle
                            .createQuery(
                                """
                                select id from dataset.item
                                where dataset_id = :dataset
                                  and labeling.is_repeated(:job, id, :share)
                                order by ordinal limit 1
                                """)
                            .bind("dataset", few.dataset)
                            .bind("job", job)
                            .bind("share", QueueJob.REPEATED)
                            .mapTo(UUID.class)
                            .one()));
  }
}
