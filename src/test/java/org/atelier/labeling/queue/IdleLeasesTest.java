package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdleLeasesTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static QueueFixture fixture;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 10);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  private static UUID asked() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    return job;
  }

  private static int freeIdle(UUID job, int seconds) {
    return fixture.in(
        () -> fixture.bridge.freeIdle(job, fixture.clock.instant().minusSeconds(seconds)));
  }

  @Test
  void tasksOfPeopleWhoLeftGoToOthersAndTheirLateAnswersAreKept() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.AUDIT, 0, 4);
    UUID gone = fixture.labeler();
    UUID busy = fixture.labeler();
    LeasedTask first = fixture.claim(job, gone, 2).tasks().get(0);
    LeasedTask second = fixture.claim(job, gone, 2).tasks().get(1);
    fixture.claim(job, busy, 2);
    assertEquals(0, freeIdle(job, 60), "nobody is away that long");

    fixture.clock.move(Duration.ofSeconds(90));
    fixture.answer(job, busy, fixture.claimOne(job, busy), 1);
    assertEquals(2, freeIdle(job, 60), "only those of the one who left");
    assertEquals(0, freeIdle(job, 60));

    UUID other = fixture.labeler();
    assertEquals(2, fixture.claim(job, other, 5).tasks().size());
    fixture.answer(job, other, fixture.claimOne(job, other), 2);
    assertTrue(fixture.answer(job, gone, first, 0).surplus());
    assertTrue(fixture.answer(job, gone, second, 0).surplus(), "somebody holds it");
  }

  @Test
  void whatAPageHeldThatWentAwayIsFreeAfterFifteenSecondsUnlessItCameBack() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 5, 7);
    UUID leaves = fixture.labeler();
    UUID waits = fixture.labeler();
    List<LeasedTask> held = fixture.claim(job, leaves, 2).tasks();
    List<UUID> leases = held.stream().map(LeasedTask::lease).toList();
    assertEquals(0, leave(job, waits, leases), "of somebody else");
    assertEquals(2, leave(job, leaves, leases));
    fixture.clock.move(Duration.ofSeconds(14));
    assertTrue(fixture.claim(job, waits, 2).tasks().isEmpty(), "it may come back");
    assertEquals(held.get(0).lease(), fixture.claimOne(job, leaves).lease(), "and does");
    fixture.clock.move(Duration.ofSeconds(2));
    assertTrue(fixture.claim(job, waits, 2).tasks().isEmpty());
    assertEquals(2, leave(job, leaves, leases));
    fixture.clock.move(Duration.ofSeconds(16));
    assertEquals(2, fixture.claim(job, waits, 2).tasks().size());
    assertFalse(fixture.answer(job, waits, fixture.claimOne(job, waits), 1).surplus());
  }

  private static int leave(UUID job, UUID person, List<UUID> leases) {
    return fixture.in(() -> fixture.queue.leave(fixture.project, job, person, leases));
  }

  @Test
  void whatAWorkPageRenewsIsNotTakenFromWhoLooksAtIt() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 9, 10);
    UUID looks = fixture.labeler();
    List<UUID> leases = List.of(fixture.claimOne(job, looks).lease());
    fixture.clock.move(Duration.ofSeconds(60));
    fixture.in(() -> fixture.queue.renew(fixture.project, job, looks, leases));
    fixture.clock.move(Duration.ofSeconds(70));
    assertEquals(0, freeIdle(job, 60), "the next renewal may be on its way");
    fixture.clock.move(Duration.ofSeconds(10));
    assertEquals(1, freeIdle(job, 60));
  }

  @Test
  void anAnswerOnAFreedTaskNobodyTookCounts() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.LOW_MARGIN, 4, 5);
    UUID gone = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, gone);
    fixture.clock.move(Duration.ofSeconds(90));
    assertEquals(1, freeIdle(job, 60));
    assertFalse(fixture.answer(job, gone, task, 1).surplus());
    assertEquals(1, fixture.label(job, 4).classIndexes()[0]);
  }

  @Test
  void anExpiredLeaseReturnsTheTask() {
    UUID job = asked();
    UUID ana = fixture.labeler();
    LeasedTask first = fixture.claimOne(job, ana);
    UUID ben = fixture.labeler();
    assertTrue(fixture.claim(job, ben, 1).tasks().isEmpty());
    fixture.clock.move(Duration.ofSeconds(601));
    LeasedTask second = fixture.claimOne(job, ben);
    assertEquals(first.task(), second.task());
    assertNotEquals(first.lease(), second.lease());
  }

  @Test
  void anAnswerOnAnExpiredLeaseIsKeptInAFreeSlot() {
    UUID job = asked();
    UUID ana = fixture.labeler();
    LeasedTask late = fixture.claimOne(job, ana);
    fixture.clock.move(Duration.ofHours(2));
    fixture.in(() -> fixture.leases.expire(job, fixture.clock.instant()));
    assertFalse(fixture.answer(job, ana, late, 1).surplus());
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void anAnswerOnAnExpiredLeaseIsSurplusWhenTheSlotWasTaken() {
    UUID job = asked();
    UUID ana = fixture.labeler();
    LeasedTask late = fixture.claimOne(job, ana);
    fixture.clock.move(Duration.ofHours(2));
    UUID ben = fixture.labeler();
    fixture.answerNext(job, ben, 0);
    assertTrue(fixture.answer(job, ana, late, 0).surplus());
    LabelRow label = fixture.label(job, 0);
    assertEquals(2, label.answers());
    assertEquals(1.0, label.confidence());
    assertEquals(
        2L, fixture.count("select count(*) from labeling.answer where job_id = :job", job));
  }
}
