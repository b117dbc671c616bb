package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.database.PostgresExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job waits for a person only with what that very person could be given. */
class OpenForPersonTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static QueueFixture fixture;
  private static OwnWork ownWork;
  private static WorkNews news;

  @BeforeAll
  static void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 3);
    OpenForPerson openFor =
        new OpenForPerson(fixture.transactions.jdbi(), fixture.openCounts, fixture.clock);
    ownWork = new OwnWork(fixture.transactions.jdbi(), fixture.notices, openFor, fixture.clock);
    news = new WorkNews(fixture.notices, openFor);
  }

  @AfterAll
  static void close() {
    fixture.transactions.close();
  }

  @Test
  void whoHasAnsweredEveryItemIsNotSaidToHaveNewWorkAlthoughOthersAreStillAsked() {
    UUID ana = fixture.labeler();
    UUID ben = fixture.labeler();
    UUID job = announced(3);
    assertEquals(3, waiting(job, ana).open());
    assertTrue(waiting(job, ana).fresh());
    assertEquals(1, newWork(ana));
    for (int item = 0; item < 3; item++) {
      fixture.answerNext(job, ana, 1);
    }
    fixture.clock.move(Duration.ofSeconds(3));
    assertEquals(0, waiting(job, ana).open());
    assertFalse(waiting(job, ana).fresh());
    assertEquals(0, newWork(ana));
    assertTrue(fixture.claim(job, ana, 3).tasks().isEmpty());
    assertEquals(3, waiting(job, ben).open());
    assertEquals(1, newWork(ben));
  }

  @Test
  void whatThePersonHoldsWaitsForThePerson() {
    UUID ana = fixture.labeler();
    UUID job = announced(1);
    fixture.claim(job, ana, 3);
    fixture.clock.move(Duration.ofSeconds(3));
    assertEquals(3, waiting(job, ana).open());
    UUID ben = fixture.labeler();
    assertEquals(0, waiting(job, ben).open());
  }

  @Test
  void itemsThatAreNotInTheQueueYetWaitToo() {
    UUID ana = fixture.labeler();
    UUID job = fixture.job(1, 1, false, true);
    assertTrue(waiting(job, ana).open() > 0);
  }

  private static UUID announced(int answersPerItem) {
    UUID job = fixture.job(answersPerItem, answersPerItem);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 3);
    fixture.in(
        () -> {
          fixture.notices.announce(job);
          return null;
        });
    return job;
  }

  private static OwnWork.OpenJob waiting(UUID job, UUID person) {
    return fixture.in(() -> ownWork.jobs(fixture.project, person)).stream()
        .filter(one -> one.id().equals(job))
        .findFirst()
        .orElseThrow();
  }

  private static int newWork(UUID person) {
    return fixture.in(() -> news.count(fixture.project, person));
  }
}
