package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.atelier.dataset.ItemDeleted;
import org.atelier.labeling.LabelingProblem;
import org.atelier.labeling.LearningBridge.Decided;
import org.atelier.labeling.QueueDepth;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.labeling.queue.HandWorkDone.Ending;
import org.atelier.platform.ProblemException;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletedItemsTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private QueueFixture fixture;
  private UUID ana;

  @BeforeEach
  void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 3);
    ana = fixture.labeler();
  }

  @AfterEach
  void close() {
    fixture.transactions.close();
  }

  private void delete(int item) {
    UUID id = fixture.items.get(item);
    fixture.in(
        () -> {
          fixture.update(
              """
              insert into dataset.tombstone (item_id, dataset_id, version, ordinal, external_id,
                digest, reason, deleted_at)
              values (:item, :dataset, 2, 0, 'e', '', 'A person asked for it', now())
              """,
              Map.of("item", id, "dataset", fixture.dataset));
          fixture.deletedItems.forget(
              new ItemDeleted(
                  fixture.project, fixture.dataset, 2, List.of(id), "A person asked for it"));
          return null;
        });
  }

  @Test
  void aDeletedItemsLeaseEndsSoThatTheNextClaimGivesAnotherItem() {
    UUID job = fixture.job(1, 1, false, true);
    assertEquals(fixture.items.get(0), fixture.claimOne(job, ana).itemId());
    delete(0);
    assertEquals(fixture.items.get(1), fixture.claimOne(job, ana).itemId());
  }

  @Test
  void aLateAnswerToADeletedItemIsKeptAndLabelsNothing() {
    UUID job = fixture.job(1, 1, false, true);
    LeasedTask task = fixture.claimOne(job, ana);
    delete(0);
    assertTrue(fixture.answer(job, ana, task, 1).surplus());
    assertNull(fixture.label(job, 0));
    assertEquals(
        1L, fixture.count("select count(*) from labeling.answer where job_id = :job", job));
  }

  @Test
  void theSecondAnswerToAnItemDeletedAfterTheFirstLabelsNothing() {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, ana, 1);
    UUID ben = fixture.labeler();
    LeasedTask task = fixture.claimOne(job, ben);
    delete(0);
    assertTrue(fixture.answer(job, ben, task, 1).surplus());
    assertNull(fixture.label(job, 0));
  }

  @Test
  void anAnswerToADeletedItemCanNeitherBeCorrectedNorTakenBack() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    LeasedTask task = fixture.claimOne(job, ana);
    UUID key = UUID.randomUUID();
    Receipt receipt = fixture.answer(job, ana, key, task, 1);
    assertFalse(receipt.surplus());
    delete(0);
    assertEquals(
        LabelingProblem.CORRECTION_CLOSED,
        assertThrows(
                ProblemException.class,
                () ->
                    fixture.in(
                        () ->
                            fixture.queue.correct(
                                fixture.project,
                                job,
                                ana,
                                receipt.answer(),
                                UUID.randomUUID(),
                                new int[] {2})))
            .problem());
    assertThrows(
        ProblemException.class,
        () -> fixture.in(() -> fixture.queue.undo(fixture.project, job, ana, key)));
    assertNull(fixture.label(job, 0));
  }

  @Test
  void theCountsOfTheJobGoDown() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 3);
    fixture.answerNext(job, ana, 1);
    delete(0);
    delete(1);
    assertEquals(1L, fixture.count("select items from labeling.job where id = :job", job));
    assertEquals(1, fixture.in(() -> fixture.bridge.queueDepth(job)).open());
    assertEquals(new QueueDepth(1, 0, 0, 0, 1), fixture.in(() -> fixture.bridge.queueDepth(job)));
    assertEquals(0, fixture.in(() -> fixture.tally.of(job)).human());
  }

  @Test
  void nobodyDecidesAboutADeletedItem() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    delete(0);
    List<UUID> items = fixture.items.subList(0, 2);
    assertEquals(
        new Decided(1, 0),
        fixture.in(() -> fixture.bridge.decide(job, 1, ana, items, new int[] {1})));
    assertNull(fixture.label(job, 0));
  }

  @Test
  void aJobThatIsOverCountsTheItemsThatExistToo() {
    UUID job = fixture.job(1, 1);
    fixture.update(
        "update labeling.job set state = 'COMPLETED' where id = :job", Map.of("job", job));
    delete(0);
    assertEquals(2L, fixture.count("select items from labeling.job where id = :job", job));
  }

  @Test
  void aJobByHandWhoseLastItemWasDeletedIsDone() {
    UUID job = fixture.job(1, 1, false, true);
    fixture.answerNext(job, ana, 1);
    fixture.answerNext(job, ana, 1);
    fixture.claimOne(job, ana);
    delete(2);
    fixture.clock.move(Duration.ofSeconds(11));
    fixture.in(
        () -> {
          fixture.bridge.lookAtHandWork(job);
          return null;
        });
    assertEquals(
        List.of(new HandWorkDone(fixture.project, job, Ending.ALL_LABELED, 0, 0)),
        fixture.handWorkDone.fired);
  }
}
