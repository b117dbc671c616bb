package org.atelier.labeling.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.atelier.labeling.TaskReason;
import org.atelier.platform.database.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Looking at the people of a job does not read all its answers each time. */
class SkillsTest {

  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private QueueFixture fixture;
  private UUID ana;
  private UUID ben;
  private JobItems jobItems;
  private final AtomicInteger readings = new AtomicInteger();
  private final AtomicReference<Runnable> duringReading = new AtomicReference<>(() -> {});

  @BeforeEach
  void build() {
    fixture = new QueueFixture(POSTGRES.dataSource(), 6);
    ana = fixture.labeler();
    ben = fixture.labeler();
    Jdbi jdbi = fixture.transactions.jdbi();
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            if (context.getRawSql().contains("as in_view")) {
              readings.incrementAndGet();
              duringReading.getAndSet(() -> {}).run();
            }
          }
        });
    Reconsolidation all = new Reconsolidation(jdbi, fixture.repository, fixture.labels, null);
    jobItems =
        new JobItems(jdbi, fixture.tally, fixture.repository, new Skills(jdbi, all, fixture.clock));
  }

  @AfterEach
  void close() {
    fixture.transactions.close();
  }

  private List<JobItems.Worker> people(UUID job) {
    return fixture.in(() -> jobItems.workers(job));
  }

  @Test
  void aSecondLookTakesWhatIsKnownUntilAMinuteHasPassed() {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, ana, 1);
    fixture.answerNext(job, ben, 1);
    assertEquals(1, people(job).get(0).skill().answers());
    people(job);
    assertEquals(1, readings.get());
    fixture.ask(job, 0, TaskReason.RANDOM_START, 1, 2);
    fixture.answerNext(job, ana, 1);
    fixture.answerNext(job, ben, 1);
    assertEquals(1, people(job).get(0).skill().answers(), "it is not a minute old");
    fixture.clock.move(Duration.ofMinutes(1));
    assertEquals(2, people(job).get(0).skill().answers());
    assertEquals(2, readings.get());
    fixture.clock.move(Duration.ofMinutes(2));
    people(job);
    assertEquals(2, readings.get(), "nobody answered since");
  }

  @Test
  void wherePeopleAndLabelsAreTooManyForTheMethodThePeopleAreShownWithoutSkills() {
    UUID job = fixture.job(2, 2);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 1);
    fixture.answerNext(job, ana, 1);
    fixture.answerNext(job, ben, 1);
    fixture.in(
        () ->
            fixture.update(
                "update labeling.job set class_count = 1000 where id = :job", Map.of("job", job)));
    for (int i = 0; i < 49; i++) {
      answerLate(job, fixture.labeler());
    }
    assertEquals(51, people(job).size());
    assertNull(people(job).get(0).skill());
  }

  /** One answer more to the job's task, as if many had had it at once. */
  private void answerLate(UUID job, UUID person) {
    Map<String, Object> who = Map.of("job", job, "person", person);
    fixture.in(
        () -> {
          fixture.update(
              """
              insert into labeling.lease (id, job_id, task_id, worker_id, state, leased_at,
                expires_at, ended_at)
              select gen_random_uuid(), :job, id, :person, 'ANSWERED', now(), now(), now()
              from labeling.task where job_id = :job
              """,
              who);
          return fixture.update(
              """
              insert into labeling.answer (id, job_id, task_id, lease_id, worker_id, client_key,
                class_indexes, reason, active_millis, answered_at, received_at, surplus)
              select gen_random_uuid(), :job, task_id, id, :person, gen_random_uuid(), '{1}',
                'RANDOM_START', 100, now(), now(), false
              from labeling.lease where job_id = :job and worker_id = :person
              """,
              who);
        });
  }

  @Test
  void nobodyWaitsWhileSomebodyElseIsFindingOut() {
    UUID job = fixture.job(2, 2);
    UUID other = fixture.job(2, 2);
    for (UUID one : List.of(job, other)) {
      fixture.ask(one, 0, TaskReason.RANDOM_START, 0, 1);
      fixture.answerNext(one, ana, 1);
      fixture.answerNext(one, ben, 1);
    }
    List<JobItems.Worker> meanwhile = new ArrayList<>();
    duringReading.set(
        () -> {
          meanwhile.addAll(elsewhere(job));
          meanwhile.addAll(elsewhere(other));
        });
    assertNotNull(people(job).get(0).skill());
    assertEquals(4, meanwhile.size());
    assertNull(meanwhile.get(0).skill(), "nothing is known yet");
    assertNotNull(meanwhile.get(2).skill(), "another job is not held up");
    assertEquals(2, readings.get());

    fixture.clock.move(Duration.ofMinutes(15));
    duringReading.set(() -> meanwhile.addAll(elsewhere(job)));
    people(job);
    assertNotNull(meanwhile.get(4).skill(), "what was known is shown");
    assertEquals(3, readings.get());
  }

  private List<JobItems.Worker> elsewhere(UUID job) {
    return new Meanwhile<>(POSTGRES.jdbi(), () -> people(job)).outcome();
  }

  @Test
  void withoutSecondAnswersThereIsNothingToRead() {
    UUID job = fixture.job(1, 1);
    fixture.ask(job, 0, TaskReason.RANDOM_START, 0, 6);
    fixture.answerNext(job, ana, 1);
    assertNull(people(job).get(0).skill());
    assertEquals(1, people(job).get(0).answers());
    assertEquals(0, readings.get());
    fixture.in(() -> fixture.bridge.sendBack(job, 1, fixture.items.subList(0, 1)));
    fixture.answerNext(job, ben, 1);
    fixture.clock.move(Duration.ofMinutes(1));
    assertNotNull(people(job).get(0).skill(), "what was sent back has two");
  }
}
