package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import org.atelier.labeling.SecondAnswers;
import org.atelier.labeling.TaskReason;
import org.atelier.labeling.WorkQueue.LeasedTask;
import org.atelier.labeling.WorkQueue.Receipt;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person is told whose answer came after its time and is one too many. */
class SurplusAnswersTest {

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

  @Test
  void whereTheOthersAgreeItCameForTheReasonOfItsItem() {
    assertEquals(TaskReason.RANDOM_START, reasonOfOneTooMany(1, 1));
  }

  @Test
  void whereTheOthersHadToSettleADisagreementItIsToldSo() {
    assertEquals(TaskReason.DISAGREEMENT, reasonOfOneTooMany(0, 1, 1));
  }

  @Test
  void anItemWhoseSecondAnswerWasNoLongerNeededIsToldFromOneThatWasAskedTwice() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    UUID ana = fixture.labeler();
    LeasedTask late = fixture.claimOne(job, ana);
    fixture.clock.move(Duration.ofSeconds(601));
    fixture.answerNext(job, fixture.labeler(), 0);
    assertEquals(new SecondAnswers.Found(0, 0, 0), twice(job));
    fixture.answer(job, ana, late, 1);
    assertEquals(new SecondAnswers.Found(1, 1, 0), twice(job));
    UUID several = fixture.job(2, 2);
    fixture.ask(several, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(several, ana, 0);
    fixture.answerNext(several, fixture.labeler(), 0);
    assertEquals(new SecondAnswers.Found(1, 0, 0), twice(several));
  }

  private static SecondAnswers.Found twice(UUID job) {
    return fixture.in(() -> new SecondAnswersReader(fixture.transactions.jdbi()).of(job));
  }

  /** An item that two people, at most three, answer while its first holder comes late. */
  private static TaskReason reasonOfOneTooMany(int... others) {
    UUID job = fixture.job(2, 3);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    UUID ana = fixture.labeler();
    LeasedTask late = fixture.claimOne(job, ana);
    fixture.clock.move(Duration.ofSeconds(601));
    for (int other : others) {
      fixture.answerNext(job, fixture.labeler(), other);
    }
    Receipt receipt = fixture.answer(job, ana, late, 1);
    assertTrue(receipt.surplus());
    return receipt.reason();
  }
}
