package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job that is completed before every item has the answers that were asked for. */
class UnfinishedItemsTest {

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

  private static void completing(UUID job) {
    fixture.update(
        "update labeling.job set state = 'COMPLETING' where id = :job", Map.of("job", job));
    fixture.in(
        () -> {
          fixture.jobQueue.close(job);
          return null;
        });
  }

  private static int labelled(UUID job) {
    return fixture.in(() -> fixture.jobQueue.labelUnfinished(job));
  }

  @Test
  void oneAnswerOfThreeMakesALabelAndNoAnswerMakesNone() {
    UUID job = fixture.job(3, 3);
    fixture.ask(job, 0, TaskReason.BY_HAND, 0, 1);
    fixture.answerNext(job, fixture.labeler(), 1);
    fixture.answerNext(job, fixture.labeler(), 1);
    fixture.ask(job, 0, TaskReason.BY_HAND, 1, 4);
    LeasedTask other = fixture.claim(job, fixture.labeler(), 2).tasks().get(1);
    completing(job);
    assertEquals(1, labelled(job));
    assertEquals(0, labelled(job), "nothing is left");
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
    assertEquals(2, fixture.label(job, 0).answers());
    assertNull(fixture.label(job, fixture.items.indexOf(other.itemId())), "held, not answered");
    assertEquals(1, fixture.in(() -> fixture.tally.of(job)).human());
    assertEquals(1, fixture.in(() -> fixture.bridge.queueDepth(job)).settled());
  }

  @Test
  void anAnswerThatCameWhileTheJobWasCompletingCountsWhereThereIsNoOther() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.BY_HAND, 0, 1);
    UUID ana = fixture.labeler();
    LeasedTask held = fixture.claimOne(job, ana);
    completing(job);
    assertTrue(fixture.answer(job, ana, held, 1).surplus());
    assertEquals(1, labelled(job));
    assertArrayEquals(new int[] {1}, fixture.label(job, 0).classIndexes());
  }

  @Test
  void labelsThatAreThereStay() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.BY_HAND, 0, 1);
    fixture.answerNext(job, fixture.labeler(), 1);
    completing(job);
    assertEquals(0, labelled(job));
    assertEquals(1, fixture.label(job, 0).answers());
  }
}
