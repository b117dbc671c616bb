package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnswerBudgetTest {

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

  private static void disagree(UUID job) {
    fixture.answerNext(job, fixture.labeler(), 0);
    fixture.answerNext(job, fixture.labeler(), 1);
  }

  private static boolean waits(UUID job) {
    UUID person = fixture.labeler();
    List<LeasedTask> tasks = fixture.claim(job, person, 1).tasks();
    fixture.in(
        () ->
            fixture.queue.release(
                fixture.project, job, person, tasks.stream().map(LeasedTask::lease).toList()));
    return !tasks.isEmpty();
  }

  @Test
  void aDisagreementAsksForOneMoreWithinTheBudget() {
    UUID job = fixture.job(2, 4);
    fixture.budget(job, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    disagree(job);
    assertNull(fixture.label(job, 0));
    assertEquals(TaskReason.DISAGREEMENT, fixture.answerNext(job, fixture.labeler(), 2).reason());
    assertNotNull(fixture.label(job, 0), "the fourth answer would be beyond the budget of three");
    assertTrue(!waits(job));
  }

  @Test
  void aDisagreementBeyondTheBudgetIsSettledByTheAnswersThereAre() {
    UUID job = fixture.job(2, 4);
    fixture.budget(job, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    disagree(job);
    assertNotNull(fixture.label(job, 0));
    assertEquals(0.5, fixture.label(job, 0).confidence());
  }

  @Test
  void byHandTheLastItemNobodyHasBegunGivesWayToADisagreement() {
    UUID job = fixture.job(2, 3, false, true);
    fixture.budget(job, 6);
    UUID ana = fixture.labeler();
    UUID ben = fixture.labeler();
    fixture.answer(job, ana, fixture.claimOne(job, ana), 0);
    assertEquals(3, fixture.in(() -> fixture.tally.of(job)).open());
    LeasedTask same =
        fixture.claim(job, ben, 3).tasks().stream()
            .filter(task -> task.itemId().equals(fixture.items.get(0)))
            .findFirst()
            .orElseThrow();
    fixture.in(() -> fixture.queue.release(fixture.project, job, ben, leasesBut(job, ben, same)));
    fixture.answer(job, ben, same, 1);
    Tally.Sums sums = fixture.in(() -> fixture.tally.of(job));
    assertEquals(2, sums.open(), "one item asks for a third answer, one waits, one gave way");
    assertEquals(2, sums.answers());
    assertEquals(3, sums.asked());
    assertNull(fixture.label(job, 0));
  }

  private static List<UUID> leasesBut(UUID job, UUID person, LeasedTask kept) {
    return fixture.leases.activeLeases(job, person).stream()
        .map(LeaseRow::id)
        .filter(lease -> !lease.equals(kept.lease()))
        .toList();
  }

  @Test
  void sentBackItemsAreAskedAsFarAsTheBudgetGoes() {
    UUID job = fixture.job(1, 1);
    fixture.budget(job, 4);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 3);
    UUID ana = fixture.labeler();
    for (int item = 0; item < 3; item++) {
      fixture.answerNext(job, ana, 1);
    }
    List<UUID> three = fixture.items.subList(0, 3);
    assertEquals(1, fixture.in(() -> fixture.bridge.sendBack(job, 1, three)));
    assertEquals(0, fixture.in(() -> fixture.bridge.sendBack(job, 1, three)));
    assertEquals(TaskReason.SENT_BACK, fixture.answerNext(job, fixture.labeler(), 1).reason());
    assertTrue(!waits(job));
  }

  @Test
  void theReasonOfTheExtraAnswerIsStored() {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    disagree(job);
    fixture.answerNext(job, fixture.labeler(), 1);
    assertEquals(
        1,
        fixture.count(
            "select count(*) from labeling.answer where job_id = :job and reason ="
                + " 'DISAGREEMENT'",
            job));
  }
}
