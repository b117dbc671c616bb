package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.atelier.dataset.ItemDeleted;
import org.atelier.labeling.MachineLabel;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two transactions on the same items end one after the other, and neither undoes the other. */
class QueueLocksTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private QueueFixture fixture;
  private UUID ana;
  private UUID ben;

  @BeforeEach
  void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 21);
    ana = fixture.labeler();
    ben = fixture.labeler();
  }

  @AfterEach
  void close() {
    fixture.transactions.close();
  }

  private <T> Meanwhile<T> meanwhile(Supplier<T> act) {
    return new Meanwhile<>(POSTGRES.jdbi(), () -> fixture.in(act));
  }

  private Receipt correct(UUID job, UUID person, Receipt receipt, int label) {
    return fixture.queue.correct(
        fixture.project, job, person, receipt.answer(), UUID.randomUUID(), new int[] {label});
  }

  @Test
  void leasesThatArePastTheirTimeAreLeftToWhoRenewsThemInThatMoment() throws SQLException {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 0, 2);
    List<UUID> held =
        fixture.claim(job, ana, 2).tasks().stream()
            .map(LeasedTask::lease)
            .sorted(Comparator.comparing(UUID::toString))
            .toList();
    Instant late = fixture.clock.instant().plusSeconds(100_000);
    try (Connection first = POSTGRES.dataSource().getConnection();
        Statement statement = first.createStatement()) {
      first.setAutoCommit(false);
      // The older lease ends later, as one does that was claimed again.
      for (UUID lease : held) {
        statement.execute(
            "update labeling.lease set expires_at = '%s' where id = '%s'"
                .formatted(late.minusSeconds(1 + held.indexOf(lease)), lease));
      }
      first.commit();
      statement.execute(
          "select from labeling.lease where id = '%s' for update".formatted(held.get(0)));
      Meanwhile<Integer> renewed =
          meanwhile(() -> fixture.leases.renew(job, ana, held, late.plusSeconds(600)).size());
      assertTrue(renewed.waits(), "behind whoever holds the first");
      Meanwhile<Integer> ended = meanwhile(() -> fixture.leases.expire(job, late));
      assertEquals(1, ended.outcome(), "one that nobody holds; waits for none");
      first.commit();
      assertEquals(1, renewed.outcome(), "what is left of them");
    }
  }

  @Test
  void itemsAreSentBackWhileACorrectionOfOneOfThemWantsTheBudgetToo() {
    UUID job = fixture.job(2, 3);
    fixture.budget(job, 20);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 2);
    Receipt receipt = null;
    for (int item = 0; item < 2; item++) {
      receipt = fixture.answerNext(job, ana, 1);
      fixture.answerNext(job, ben, 1);
    }
    Receipt last = receipt;
    Meanwhile<Receipt> correction =
        fixture.in(
            () -> {
              assertEquals(1, fixture.bridge.sendBack(job, 2, fixture.items.subList(0, 1)));
              Meanwhile<Receipt> begun = meanwhile(() -> correct(job, ana, last, 2));
              assertTrue(begun.waits());
              assertEquals(1, fixture.bridge.sendBack(job, 2, fixture.items.subList(1, 2)));
              return begun;
            });
    assertNotNull(correction.outcome());
  }

  @Test
  void itemsAreDeletedWhileTheLearnerTakesOneOfThemOutOfTheQueue() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 3);
    List<UUID> first = fixture.items.subList(0, 1);
    Meanwhile<Boolean> deletion =
        fixture.in(
            () -> {
              fixture.bridge.hold(job);
              Meanwhile<Boolean> begun =
                  meanwhile(
                      () -> {
                        fixture.deletedItems.forget(
                            new ItemDeleted(fixture.project, fixture.dataset, 2, first, "Asked"));
                        return true;
                      });
              assertTrue(begun.waits());
              assertEquals(1, fixture.bridge.dequeue(job, first));
              return begun;
            });
    assertTrue(deletion.outcome());
    assertEquals(2, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
  }

  @Test
  void aClaimNeverWaitsForTheTurnAtABudgetThatAnAnswerHas() {
    UUID job = fixture.job(1, 3, false, true);
    fixture.budget(job, 4);
    LeasedTask task = fixture.claimOne(job, ana);
    fixture.in(
        () -> {
          fixture.queue.submit(
              fixture.project, job, ana, QueueFixture.given(UUID.randomUUID(), task, 1));
          Meanwhile<Integer> claim =
              meanwhile(
                  () ->
                      fixture.queue.claim(fixture.project, job, ben, 5, List.of()).tasks().size());
          assertFalse(claim.waits());
          assertEquals(3, claim.outcome());
          return null;
        });
    fixture.budget(job, 5);
    assertEquals(4, fixture.claim(job, ben, 5).tasks().size(), "the next claim brings more in");
  }

  @Test
  void aLookAtWorkByHandNeverWaitsForTheTurnAtItsBudget() {
    UUID job = fixture.job(1, 1, false, true);
    fixture.budget(job, 1);
    fixture.answerNext(job, ana, 1);
    fixture.clock.move(Duration.ofSeconds(11));
    fixture.in(
        () -> {
          assertEquals(0, fixture.budget.room(job, 1, 1));
          Meanwhile<Boolean> look =
              meanwhile(
                  () -> {
                    fixture.bridge.lookAtHandWork(job);
                    return true;
                  });
          assertFalse(look.waits());
          return look.outcome();
        });
    assertEquals(List.of(), fixture.handWorkDone.fired);
    fixture.in(
        () -> {
          fixture.bridge.lookAtHandWork(job);
          return null;
        });
    assertEquals(1, fixture.handWorkDone.fired.size(), "the next look finds the end");
  }

  @Test
  void whoGivesTasksBackNeverWaitsForOneThatSomebodyElseIsChanging() {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 2);
    List<LeasedTask> tasks = fixture.claim(job, ana, 2).tasks();
    List<UUID> held = tasks.stream().map(LeasedTask::lease).toList();
    fixture.in(
        () -> {
          fixture.repository.lockTasksOfItems(job, List.of(tasks.get(0).itemId()));
          Meanwhile<Integer> release =
              meanwhile(() -> fixture.queue.release(fixture.project, job, ana, held));
          assertFalse(release.waits());
          assertEquals(1, release.outcome());
          return null;
        });
    assertEquals(1, fixture.in(() -> fixture.queue.release(fixture.project, job, ana, held)));
  }

  @Test
  void anAnswerThatMeetsTheMachinesLabelOfItsItemTakesItsPlace() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 0, 1);
    LeasedTask task = fixture.claimOne(job, ana);
    fixture.in(() -> fixture.bridge.dequeue(job, TaskReason.LOW_MARGIN));
    Meanwhile<Receipt> answer = answerWhileAccepted(job, task);
    assertNotNull(answer.outcome());
    assertEquals(LabelOrigin.HUMAN, fixture.label(job, 0).source());
    assertEquals(
        1L,
        fixture.count(
            """
            select count(*) from labeling.label
            where job_id = :job and source = 'MACHINE' and superseded_why = 'People answered it.'
            """,
            job));
  }

  @Test
  void anAnswerThatFindsNoLabelAndMeetsTheMachinesTakesItsPlaceToo() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 0, 1);
    Meanwhile<Receipt> answer = answerWhileAccepted(job, fixture.claimOne(job, ana));
    assertNotNull(answer.outcome());
    assertEquals(LabelOrigin.HUMAN, fixture.label(job, 0).source());
    assertEquals(
        1L,
        fixture.count(
            "select count(*) from labeling.task where job_id = :job and state = 'SETTLED'", job));
  }

  private Meanwhile<Receipt> answerWhileAccepted(UUID job, LeasedTask task) {
    return fixture.in(
        () -> {
          MachineLabel label = new MachineLabel(fixture.items.get(0), new int[] {2}, 0.9);
          assertEquals(1, fixture.bridge.acceptMachineLabels(job, 1, "model", List.of(label)));
          Meanwhile<Receipt> begun =
              new Meanwhile<>(POSTGRES.jdbi(), () -> fixture.answer(job, ana, task, 1));
          assertTrue(begun.waits());
          return begun;
        });
  }

  @Test
  void aConsolidationThatDidNotSeeACorrectionLeavesTheItemsLabelAlone() {
    UUID job = fixture.job(3, 3);
    UUID cai = fixture.labeler();
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 20);
    fixture.ask(job, 1, TaskReason.LOW_MARGIN, 20, 21);
    for (int item = 0; item < 20; item++) {
      fixture.answerNext(job, ana, item % 2);
    }
    for (int item = 0; item < 20; item++) {
      fixture.answerNext(job, ben, item < 5 ? 2 : item % 2);
    }
    for (int item = 0; item < 20; item++) {
      fixture.answerNext(job, cai, item > 12 ? 2 : item % 2);
    }
    Receipt trusted = fixture.answerNext(job, ana, 0);
    fixture.answerNext(job, ben, 2);
    fixture.answerNext(job, cai, 2);
    Meanwhile<Integer> consolidation =
        fixture.in(
            () -> {
              correct(job, ana, trusted, 1);
              Meanwhile<Integer> begun = meanwhile(() -> fixture.bridge.consolidate(job));
              begun.waits();
              return begun;
            });
    assertTrue(consolidation.outcome() > 0);
    assertArrayEquals(new int[] {2}, fixture.label(job, 20).classIndexes(), "nobody says 0 now");
  }

  @Test
  void whoReadsTheLabelsOfACompletingJobWaitsForTheAnswersThatBeganBefore() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    LeasedTask task = fixture.claimOne(job, ana);
    Meanwhile<LabelRow> reader =
        fixture.in(
            () -> {
              fixture.queue.submit(
                  fixture.project, job, ana, QueueFixture.given(UUID.randomUUID(), task, 1));
              Meanwhile<LabelRow> begun =
                  meanwhile(
                      () -> {
                        fixture.underWay.await(job);
                        return fixture.labels.current(job, fixture.items.get(0)).orElse(null);
                      });
              assertTrue(begun.waits());
              return begun;
            });
    assertArrayEquals(new int[] {1}, reader.outcome().classIndexes());
  }

  @Test
  void anAnswerThatComesWhileTheyAreReadIsKeptAndChangesNoLabel() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    LeasedTask task = fixture.claimOne(job, ana);
    Meanwhile<Receipt> answer =
        fixture.in(
            () -> {
              fixture.underWay.await(job);
              Meanwhile<Receipt> begun =
                  new Meanwhile<>(POSTGRES.jdbi(), () -> fixture.answer(job, ana, task, 1));
              assertTrue(begun.waits());
              fixture.update(
                  "update labeling.job set state = 'COMPLETING' where id = :job",
                  Map.of("job", job));
              return begun;
            });
    assertTrue(answer.outcome().surplus());
    assertNull(fixture.label(job, 0));
  }

  private UUID twoDisagreements() {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 2);
    for (int item = 0; item < 2; item++) {
      fixture.answerNext(job, ana, 2);
      fixture.answerNext(job, ben, 1);
    }
    fixture.clock.move(Duration.ofSeconds(11));
    return job;
  }

  @Test
  void aClaimNeverWaitsForAStrandedTaskThatSomebodyElseIsChanging() {
    UUID job = twoDisagreements();
    fixture.in(
        () -> {
          fixture.repository.lockTasksOfItems(job, fixture.items.subList(0, 1));
          Meanwhile<Boolean> claim =
              meanwhile(
                  () ->
                      fixture
                          .queue
                          .claim(fixture.project, job, ana, 1, List.of())
                          .tasks()
                          .isEmpty());
          assertFalse(claim.waits());
          assertTrue(claim.outcome());
          return null;
        });
    assertNull(fixture.label(job, 0));
    assertNotNull(fixture.label(job, 1));
  }

  @Test
  void aClaimSettlesNothingWhileTheJobIsHeld() {
    UUID job = twoDisagreements();
    fixture.in(
        () -> {
          fixture.bridge.hold(job);
          Meanwhile<Boolean> claim =
              meanwhile(
                  () ->
                      fixture
                          .queue
                          .claim(fixture.project, job, ana, 1, List.of())
                          .tasks()
                          .isEmpty());
          assertFalse(claim.waits());
          assertTrue(claim.outcome());
          return null;
        });
    assertNull(fixture.label(job, 0));
    fixture.clock.move(Duration.ofSeconds(3));
    fixture.claim(job, ana, 1);
    assertNotNull(fixture.label(job, 0));
  }
}
