package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
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
}
